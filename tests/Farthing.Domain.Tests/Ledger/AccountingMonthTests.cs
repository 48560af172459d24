using Farthing.Domain.Ledger;

namespace Farthing.Domain.Tests.Ledger;

public sealed class AccountingMonthTests
{
    [Theory]
    [InlineData("2026-10")]
    [InlineData("0001-01")]
    [InlineData("9998-12")]
    public void A_month_is_written_as_it_is_read(string text)
    {
        AccountingMonth.TryParse(text, out var month).ShouldBeTrue();

        month.ToString().ShouldBe(text);
        (AccountingMonth.Of(month.Begin), AccountingMonth.Of(month.End.AddTicks(-1))).ShouldBe((month, month));
        AccountingMonth.Of(month.End).ShouldBeGreaterThan(month);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("26-1")]
    [InlineData("2026-1")]
    [InlineData(" 2026-10")]
    [InlineData("2026-10-01")]
    [InlineData("9999-12")]
    public void Whatever_else_is_none(string? text) => AccountingMonth.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_month_is_that_of_the_instant_in_utc() =>
        AccountingMonth.Of(new(2026, 11, 1, 0, 30, 0, TimeSpan.FromHours(1))).ToString().ShouldBe("2026-10");

    [Fact]
    public void A_close_closes_what_lies_before_it_too_and_opening_it_again_opens_no_more_than_it_closed()
    {
        var book = new PeriodBook();
        var (august, september, october) = (AccountingMonth.Parse("2026-08"), AccountingMonth.Parse("2026-09"), AccountingMonth.Parse("2026-10"));
        book.Put(new("o", august) { State = PeriodState.Closed });
        book.Put(new("o", october) { State = PeriodState.Closed });
        book.StateOf(september).ShouldBe(PeriodState.Closed);

        book.Put(new("o", october) { State = PeriodState.SoftClosed });

        new[] { august, september, october }.Select(book.StateOf).ShouldBe([PeriodState.Closed, PeriodState.SoftClosed, PeriodState.SoftClosed]);
        book.StateOf(AccountingMonth.Parse("2026-11")).ShouldBe(PeriodState.Open);
    }
}
