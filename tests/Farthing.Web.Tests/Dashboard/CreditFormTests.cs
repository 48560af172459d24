using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Web.Dashboard.Pages.Wallets;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What forms of wallets ask the ledger for, and what they refuse at which field.</summary>
public sealed class CreditFormTests
{
    private static readonly Caller Finance = new() { Org = "acme", Role = Role.Finance, KeyId = "k" };
    private readonly ManualTime time = new();

    [Theory]
    [InlineData("many", "paid", "", "", "50", "amount")]
    [InlineData("0", "paid", "", "", "50", "amount")]
    [InlineData("-1", "paid", "", "", "50", "amount")]
    [InlineData("0.0000000001", "paid", "", "", "50", "amount")]
    [InlineData("100000001", "paid", "", "", "50", "amount")]
    [InlineData("1", "gift", "", "", "50", "category")]
    [InlineData("1", "paid", "-1", "", "50", "cost_basis")]
    [InlineData("1", "paid", "", "2001-01-01", "50", "expires_at")]
    [InlineData("1", "paid", "", "soon", "50", "expires_at")]
    [InlineData("1", "paid", "", "9999-12-31", "50", "expires_at")]
    [InlineData("1", "paid", "", "", "101", "priority")]
    [InlineData("1", "paid", "", "", "", "priority")]
    public void A_grant_that_makes_no_sense_is_refused_at_its_field(string amount, string category, string basis, string day, string priority, string field)
    {
        var form = CreditForm.New(time) with { Amount = amount, Category = category, CostBasis = basis, LastDay = day, Priority = priority };

        var refused = form with { Problem = form.ToGrant(Finance, "w", TimeZoneInfo.Utc, time).Problem };

        refused.ProblemOf(field).ShouldNotBeNullOrEmpty();
        refused.OtherProblem.ShouldBeNull();
    }

    [Theory]
    [InlineData("0", "because", "amount")]
    [InlineData("", "because", "amount")]
    [InlineData("100000001", "because", "amount")]
    [InlineData("-1", "", "reason")]
    [InlineData("-1", "  ", "reason")]
    public void A_correction_that_makes_no_sense_is_refused_at_its_field(string amount, string reason, string field)
    {
        var form = CreditForm.New(time) with { Amount = amount, Reason = reason };

        (form with { Problem = form.ToAdjustment(Finance, "w", time).Problem }).ProblemOf(field).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("", "3", false)]
    [InlineData("3", "3", true)]
    [InlineData("3", "1", true)]
    [InlineData("3", "-1", false)]
    [InlineData("-1", "-1", true)]
    [InlineData("-1", "-2", false)]
    public void A_correction_is_booked_when_it_was_confirmed_and_leaves_less_than_nothing_only_as_it_was_said(string said, string left, bool isConfirmed) =>
        (CreditForm.New(time) with { Left = said }).IsConfirmed(Credits.TryParse(left, out var credits) ? credits : throw new FormatException(left)).ShouldBe(isConfirmed);

    [Fact]
    public void A_correction_is_read_from_the_address_as_it_was_written()
    {
        var form = CreditForm.New(time) with { Amount = "-1,000.50", Reason = "too much & late" };

        CreditForm.Read(new QueryCollection(QueryHelpers.ParseQuery(form.Query))).ShouldBe(form);
    }

    [Theory]
    [InlineData("100000001")]
    [InlineData("10000000000")]
    [InlineData("999999999999")]
    [InlineData("999999999999.5")]
    [InlineData("9999999999999999999")]
    public void A_number_too_large_is_not_told_to_have_too_many_decimals(string amount)
    {
        var form = CreditForm.New(time) with { Amount = amount };

        var told = (form with { Problem = form.ToGrant(Finance, "w", TimeZoneInfo.Utc, time).Problem }).ProblemOf("amount");

        told.ShouldBe("This must be at most 100,000,000; check it, or split it.");
    }

    [Fact]
    public void A_grant_can_be_used_on_its_last_day_as_the_organisation_counts_days()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("plus-five", TimeSpan.FromHours(5), null, null);
        var day = DateOnly.FromDateTime(time.Now.UtcDateTime).AddDays(3);
        var form = CreditForm.New(time) with { Amount = "2.5", Category = "promo", LastDay = StatementFilter.Text(day), Reason = "launch" };

        var request = form.ToGrant(Finance, "w", zone, time).Value.ShouldBeOfType<GiveCredit>();

        request.Grant.ExpiresAt.ShouldBe(new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(5)));
        (request.Grant.Amount.ToString(), request.Grant.Category, request.Memo, request.FromNow).ShouldBe(("2.5", GrantCategory.Promo, "launch", true));
        (request.Grant.Id, request.Org, request.Actor).ShouldBe((form.Id, "acme", "key:k"));
    }

    [Theory]
    [InlineData("50", "0.5", "50.00", "0.50")]
    [InlineData("50", "0.123", "50.00\u2007", "0.123")]
    [InlineData("-1234.5", "0.000000001", "-1,234.50\u2007\u2007\u2007\u2007\u2007\u2007\u2007", "0.000000001")]
    public void Amounts_of_a_table_are_exact_and_as_wide_behind_the_point(string first, string second, string shownFirst, string shownSecond)
    {
        var amounts = new[] { first, second }.Select(text => Credits.TryParse(text, out var credits) ? credits : throw new FormatException(text)).ToList();
        var decimals = CreditText.DecimalsOf(amounts);

        amounts.Select(amount => CreditText.Amount(amount, decimals)).ShouldBe([shownFirst, shownSecond]);
    }
}
