namespace Farthing.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("farthing-settings-").FullName;

    [Fact]
    public void Without_a_word_everything_is_kept_below_home()
    {
        var settings = Read();

        settings.Data.ShouldBe(Path.Combine(home, ".local/share/farthing"));
        settings.TimeZone.ShouldBeNull();
        settings.File.ShouldBe(Path.Combine(home, ".config/farthing/farthing.json"));
    }

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        Write("""{ "FARTHING_DATA": "spend", "FARTHING_TIMEZONE": "Asia/Tokyo", /* a note */ }""");

        var settings = Read(("FARTHING_TIMEZONE", "Europe/Berlin"), ("FARTHING_DATABASE", ""));

        settings.Data.ShouldBe(Path.Combine(home, "spend"));
        settings.TimeZone.ShouldBe("Europe/Berlin");
    }

    [Fact]
    public void The_folders_of_the_desktop_standard_are_honoured()
    {
        var settings = Read(("XDG_DATA_HOME", "/data"), ("XDG_CONFIG_HOME", "/config"));

        settings.Data.ShouldBe("/data/farthing");
        settings.File.ShouldBe("/config/farthing/farthing.json");
    }

    [Fact]
    public void Without_a_home_the_data_folder_must_be_named()
    {
        Should.Throw<SettingsException>(() => Settings.Read(new(string.Empty, static _ => null))).Message.ShouldContain("set FARTHING_DATA to an absolute path");

        Settings.Read(new(string.Empty, static name => name == "FARTHING_DATA" ? "/srv/spend" : null)).Data.ShouldBe("/srv/spend");
    }

    [Theory]
    [InlineData("mysql://dana:secret@db/farthing")]
    [InlineData("mysql")]
    public async Task A_database_that_is_not_supported_is_refused_and_not_repeated(string database)
    {
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_DATABASE"] = database } };

        (await run.RunAsync("daily")).ShouldBe(2);

        run.Error.ShouldContain("FARTHING_DATABASE must be 'sqlite' or left out");
        run.Error.ShouldNotContain(database);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public void A_database_is_named_by_its_address()
    {
        var settings = Read(("FARTHING_DATABASE", "postgres://dana:secret@db:6432/farthing"));

        settings.Database!.ToString().ShouldBe("postgres://dana@db:6432/farthing");
        settings.Database.Password.ShouldBe("secret");
        settings.ToString().ShouldNotContain("secret");
        Read().Database.ShouldBeNull();
    }

    [Fact]
    public async Task An_address_that_is_wrong_is_refused_and_not_repeated()
    {
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_DATABASE"] = "postgres://dana:secret@db" } };

        (await run.RunAsync("daily")).ShouldBe(2);

        run.Error.ShouldContain("FARTHING_DATABASE cannot be understood: the address names no database; expected is postgres://");
        run.Error.ShouldNotContain("secret");
    }

    [Fact]
    public void The_embedded_store_may_be_named_and_the_file_is_checked_too()
    {
        Read(("FARTHING_DATABASE", "sqlite")).Data.ShouldEndWith("farthing");
        Write("""{ "FARTHING_DATABASE": "mysql" }""");

        Should.Throw<SettingsException>(() => Read()).Message.ShouldContain("FARTHING_DATABASE must be 'sqlite'");
    }

    [Theory]
    [InlineData("""{ "FARTHING_DATE": "x" }""", "names 'FARTHING_DATE', which is no setting; known are FARTHING_DATA")]
    [InlineData("""{ "FARTHING_DATA": 5 }""", "the value of FARTHING_DATA must be a text")]
    [InlineData("""{ "FARTHING_DATA": "" }""", "the value of FARTHING_DATA must be a text")]
    [InlineData("""{ "FARTHING_DATA": """, "cannot be read")]
    [InlineData("""[ "FARTHING_DATA" ]""", "must hold one object")]
    public void A_wrong_file_is_refused_by_its_name(string json, string message)
    {
        Write(json);

        var failure = Should.Throw<SettingsException>(() => Read());

        failure.Message.ShouldContain("farthing.json");
        failure.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Wrong_settings_end_a_command_with_code_two()
    {
        Write("nonsense");
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["XDG_CONFIG_HOME"] = Path.Combine(home, ".config") } };

        (await run.RunAsync("daily")).ShouldBe(2);

        run.Error.ShouldContain("farthing.json cannot be read");
    }

    public void Dispose() => Directory.Delete(home, recursive: true);

    private Settings Read(params (string Name, string Value)[] variables) =>
        Settings.Read(new(home, name => variables.FirstOrDefault(variable => variable.Name == name).Value));

    private void Write(string json)
    {
        Directory.CreateDirectory(Path.Combine(home, ".config/farthing"));
        File.WriteAllText(Path.Combine(home, ".config/farthing/farthing.json"), json);
    }
}
