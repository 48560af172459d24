namespace Farthing.Tests;

public sealed class NotifierSettingsTests
{
    private const string Secret = "/hooks/top-secret";

    [Fact]
    public void Without_a_word_nobody_is_told()
    {
        var settings = Read();

        (settings.Mail, settings.Slack, settings.Webhook, settings.Secret, settings.AllowsPrivate).ShouldBe((null, null, null, null, false));
    }

    [Fact]
    public void Addresses_are_encrypted_unless_they_may_be_inside()
    {
        Read(("FARTHING_SLACK_WEBHOOK", "https://hooks.example.org" + Secret)).Slack.ShouldBe(new Uri("https://hooks.example.org" + Secret));
        Read(("FARTHING_ALERT_WEBHOOK", "http://127.0.0.1:9" + Secret), ("FARTHING_NOTIFY_PRIVATE", "true")).Webhook.ShouldBe(new Uri("http://127.0.0.1:9" + Secret));
    }

    [Theory]
    [InlineData("http://hooks.example.org" + Secret)]
    [InlineData("https://user:top-secret@hooks.example.org/")]
    [InlineData("file://" + Secret)]
    [InlineData("top-secret")]
    public void What_is_no_address_is_refused_by_name_and_not_repeated(string value)
    {
        var refusal = Should.Throw<SettingsException>(() => Read(("FARTHING_ALERT_WEBHOOK", value)).Webhook).Message;

        refusal.ShouldStartWith("FARTHING_ALERT_WEBHOOK must be ");
        refusal.ShouldNotContain("top-secret");
    }

    [Fact]
    public void A_short_secret_and_an_answer_that_is_neither_are_refused()
    {
        Should.Throw<SettingsException>(() => Read(("FARTHING_ALERT_WEBHOOK_SECRET", "fifteen bytes!!")).Secret).Message.ShouldNotContain("fifteen");
        Should.Throw<SettingsException>(() => Read(("FARTHING_NOTIFY_PRIVATE", "yes")).AllowsPrivate).Message.ShouldStartWith("FARTHING_NOTIFY_PRIVATE must be ");
    }

    private static NotifierSettings Read(params (string Name, string Value)[] said)
    {
        var values = said.ToDictionary(static one => one.Name, static one => one.Value, StringComparer.Ordinal);
        return new(values.GetValueOrDefault);
    }
}
