using System.Text.Json;
using System.Text.Json.Serialization;
using Farthing.Web.Api.Alerts;
using Farthing.Web.Api.Audit;
using Farthing.Web.Api.Billing;
using Farthing.Web.Api.Budgets;
using Farthing.Web.Api.Engineers;
using Farthing.Web.Api.Finops;
using Farthing.Web.Api.Health;
using Farthing.Web.Api.Keys;
using Farthing.Web.Api.Ledger;
using Farthing.Web.Api.Notifications;
using Farthing.Web.Api.Orgs;
using Farthing.Web.Api.Sessions;
using Farthing.Web.Api.Teams;
using Farthing.Web.Api.Usage;
using Farthing.Web.Http;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api;

/// <summary>
/// The JSON of the API, generated when it is built: every body has a line here. Names are in snake case; what is unknown,
/// doubled, missing or null where it must not be is refused.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(FieldError[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(UsageAnswer))]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(BulkIngestAnswer))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SessionDetailAnswer))]
[JsonSerializable(typeof(PageAnswer<SessionAnswer>))]
[JsonSerializable(typeof(OpenWalletBody))]
[JsonSerializable(typeof(ChangeWalletBody))]
[JsonSerializable(typeof(WalletAnswer))]
[JsonSerializable(typeof(PageAnswer<WalletAnswer>))]
[JsonSerializable(typeof(BalanceAnswer))]
[JsonSerializable(typeof(AdjustWalletBody))]
[JsonSerializable(typeof(GiveGrantBody))]
[JsonSerializable(typeof(VoidGrantBody))]
[JsonSerializable(typeof(RefundGrantBody))]
[JsonSerializable(typeof(GrantAnswer))]
[JsonSerializable(typeof(PageAnswer<GrantAnswer>))]
[JsonSerializable(typeof(MakeHoldBody))]
[JsonSerializable(typeof(CaptureHoldBody))]
[JsonSerializable(typeof(EmptyBody))]
[JsonSerializable(typeof(HoldAnswer))]
[JsonSerializable(typeof(PageAnswer<HoldAnswer>))]
[JsonSerializable(typeof(ReverseTransactionBody))]
[JsonSerializable(typeof(TransactionAnswer))]
[JsonSerializable(typeof(PageAnswer<TransactionAnswer>))]
[JsonSerializable(typeof(PageAnswer<PeriodAnswer>))]
[JsonSerializable(typeof(PeriodDetailAnswer))]
[JsonSerializable(typeof(PeriodCloseAnswer))]
[JsonSerializable(typeof(ClosePeriodBody))]
[JsonSerializable(typeof(ReopenPeriodBody))]
[JsonSerializable(typeof(StartRunBody))]
[JsonSerializable(typeof(ReportRunBody))]
[JsonSerializable(typeof(CompleteRunBody))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(PageAnswer<RunAnswer>))]
[JsonSerializable(typeof(RunStatementAnswer))]
[JsonSerializable(typeof(CacheAnswer))]
[JsonSerializable(typeof(CostModelAnswer))]
[JsonSerializable(typeof(PlansAnswer))]
[JsonSerializable(typeof(ForecastAnswer))]
[JsonSerializable(typeof(ScopeForecastAnswer))]
[JsonSerializable(typeof(CostsAnswer))]
[JsonSerializable(typeof(ProductivityAnswer))]
[JsonSerializable(typeof(CreateBudgetBody))]
[JsonSerializable(typeof(ChangeBudgetBody))]
[JsonSerializable(typeof(BudgetAnswer))]
[JsonSerializable(typeof(IReadOnlyList<BudgetAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<AlertAnswer>))]
[JsonSerializable(typeof(DetectAnswer))]
[JsonSerializable(typeof(CreateAlertConfigBody))]
[JsonSerializable(typeof(ChangeAlertConfigBody))]
[JsonSerializable(typeof(IReadOnlyList<AlertConfigAnswer>))]
[JsonSerializable(typeof(ThresholdsAnswer))]
[JsonSerializable(typeof(AlertPoliciesAnswer))]
[JsonSerializable(typeof(NotificationAnswer))]
[JsonSerializable(typeof(IReadOnlyList<NotificationAnswer>))]
[JsonSerializable(typeof(CreateOrgRequest))]
[JsonSerializable(typeof(OrgAnswer))]
[JsonSerializable(typeof(PageAnswer<OrgAnswer>))]
[JsonSerializable(typeof(CreateTeamRequest))]
[JsonSerializable(typeof(ChangeTeamRequest))]
[JsonSerializable(typeof(TeamAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TeamAnswer>))]
[JsonSerializable(typeof(CreateEngineerRequest))]
[JsonSerializable(typeof(ChangeEngineerRequest))]
[JsonSerializable(typeof(EngineerAnswer))]
[JsonSerializable(typeof(EngineerKeyAnswer))]
[JsonSerializable(typeof(IReadOnlyList<EngineerAnswer>))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(NewKeyAnswer))]
[JsonSerializable(typeof(PageAnswer<KeyAnswer>))]
[JsonSerializable(typeof(PageAnswer<AuditAnswer>))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Makes the server's JSON this one, and this one only.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = WebLimits.JsonDepthMax;
        options.TypeInfoResolverChain.Clear();
        options.TypeInfoResolverChain.Add(Default);
    }
}
