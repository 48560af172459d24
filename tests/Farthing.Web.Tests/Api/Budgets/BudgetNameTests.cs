using System.Text.Json;

namespace Farthing.Web.Tests.Api.Budgets;

/// <summary>The names of models and projects that budgets are made of.</summary>
public sealed class BudgetNameTests
{
    [Fact]
    public async Task A_short_name_is_that_of_the_only_model_that_tables_call_so()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await scene.SpendAsync(7);

        var made = await scene.PostAsync("""{"name":"b","amount":100,"scope":"model","scope_id":"haiku-4-5"}""");

        (made.Text("scope_id"), made.Json.GetProperty("current_spend").GetDecimal(), made.Text("warning")).ShouldBe(("claude-haiku-4-5", 7m, null));
    }

    [Fact]
    public async Task A_short_name_of_several_models_is_none_of_them()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await scene.SpendAsync(7);
        await scene.RecordAsync("""{"id":"dated","model":"claude-haiku-4-5-20251001","input_tokens":1}""");

        var made = await scene.PostAsync("""{"name":"b","amount":100,"scope":"model","scope_id":"haiku-4-5"}""");

        (made.Text("scope_id"), made.Text("warning")).ShouldBe(("haiku-4-5", "No call bears the model 'haiku-4-5' yet."));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("project")]
    public async Task A_name_that_no_call_bears_is_warned_of_until_one_does(string scope)
    {
        await using var scene = await BudgetScene.OpenAsync();
        await scene.SpendAsync(7, "2025-01-01T00:00:00Z", ""","project":"old" """);
        var made = await scene.PostAsync($$"""{"name":"b","amount":100,"scope":"{{scope}}","scope_id":"new"}""");
        var old = await scene.PostAsync("""{"name":"b","amount":100,"scope":"project","scope_id":"old"}""");

        (made.Status, made.Text("warning")).ShouldBe((201, $"No call bears the {scope} 'new' yet."));
        (old.Text("warning"), old.Json.GetProperty("current_spend").GetDecimal()).ShouldBe((null, 0m));
        await scene.RecordAsync(scope == "model" ? """{"id":"first","model":"new","input_tokens":1}""" : """{"id":"first","model":"m","project":"new","input_tokens":1}""");
        (await scene.ListAsync()).Json.EnumerateArray().ShouldAllBe(static budget => budget.GetProperty("warning").ValueKind == JsonValueKind.Null);
    }
}
