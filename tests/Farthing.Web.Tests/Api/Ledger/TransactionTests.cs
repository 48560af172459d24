namespace Farthing.Web.Tests.Api.Ledger;

public sealed class TransactionTests
{
    [Fact]
    public async Task A_charge_is_found_by_each_filter_and_undone_in_parts()
    {
        await using var till = await Till.OpenAsync();
        await till.PostAsync("runs", """{"id":"r1","plan":"p1","user":"ada"}""");
        await till.PostAsync("runs/r1/complete", """{"outcome":"failed","total_cost":2}""");
        var charge = (await till.GetAsync("transactions?run=r1")).Json.GetProperty("items")[0];
        var id = charge.GetProperty("id").GetString();

        var part = await till.PostAsync($"transactions/{id}/reverse", """{"id":"v1","amount":"0.5","reason":"goodwill"}""");
        var rest = await till.PostAsync($"transactions/{id}/reverse", """{"id":"v2","reason":"goodwill"}""");
        var none = await till.PostAsync($"transactions/{id}/reverse", """{"id":"v3","reason":"goodwill"}""");

        (part.Status, part.Text("delta"), part.Text("reverses")).ShouldBe((201, "0.5", id));
        (rest.Text("delta"), rest.Text("balance_after")).ShouldBe(("1.5", "10"));
        (none.Status, none.Code).ShouldBe((409, "not_reversible"));
        foreach (var filter in new[] { "kind=charge", "source=usage_billing", "external_id=p1&debits=true", "debits=true", "run=r1&kind=charge", "from=2026-11-26T12:00:00Z&debits=true", "to=2026-11-26T12:00:01Z&debits=true" })
        {
            (await till.RowsAsync(filter)).ShouldBe(["plan_failed_usage_cost -2 8"], filter);
        }

        (await till.RowsAsync("from=2026-11-26T12:00:01Z")).ShouldBeEmpty();
        (await till.RowsAsync("debits=false&kind=reversal")).Count.ShouldBe(2);
        (await till.GetAsync($"transactions/{id}")).Json.GetProperty("entries").GetArrayLength().ShouldBe(2);
        (await till.GetAsync("transactions/txn_none")).Status.ShouldBe(404);
    }
}
