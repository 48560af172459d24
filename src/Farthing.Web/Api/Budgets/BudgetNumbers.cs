using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Api.Budgets;

/// <summary>Reads the numbers of a body, which Primer's clients send as JSON numbers; what is none is refused by its field.</summary>
internal static class BudgetNumbers
{
    /// <summary>An amount of dollars.</summary>
    public static Result<Usd> Amount(NumberText sent) => Usd.TryParse(sent.Plain, out var amount) ? amount : BudgetRules.WrongAmount;

    /// <summary>A whole number of percent; a number such as 80.0 is one.</summary>
    public static Result<int> Percent(string field, NumberText sent) =>
        decimal.TryParse(sent.Plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : Problem.Invalid(field, $"'{field}' must be a whole number.");
}
