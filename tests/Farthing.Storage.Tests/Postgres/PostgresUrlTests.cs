namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresUrlTests
{
    [Theory]
    [InlineData("postgres://me@db/farthing", "me", "", "db", 5432, "farthing")]
    [InlineData("postgresql://me:secret@db.example:6432/farthing", "me", "secret", "db.example", 6432, "farthing")]
    [InlineData("POSTGRES://m%65:p%40ss%3A%2F%3Fw%25@127.0.0.1/f%20b", "me", "p@ss:/?w%", "127.0.0.1", 5432, "f b")]
    [InlineData("postgres://me:a@b@db/farthing", "me", "a@b", "db", 5432, "farthing")]
    [InlineData("postgres://me:a:b@db/farthing", "me", "a:b", "db", 5432, "farthing")]
    [InlineData("postgres://me@[::1]:6432/farthing", "me", "", "::1", 6432, "farthing")]
    [InlineData("postgres://me@[::1]/farthing", "me", "", "::1", 5432, "farthing")]
    [InlineData("postgres://me@/farthing?host=/run/postgresql&port=6432", "me", "", "/run/postgresql", 6432, "farthing")]
    public void An_address_is_taken_apart(string text, string user, string password, string host, int port, string database)
    {
        var url = PostgresUrl.Parse(text);

        (url.User, url.Password, url.Host, url.Port, url.Database).ShouldBe((user, password, host, port, database));
    }

    [Fact]
    public void Options_are_those_of_the_servers_own_programs()
    {
        var url = PostgresUrl.Parse("postgres://me@db/farthing?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&connect_timeout=3");

        (url.SslMode, url.SslRootCertificate, url.ConnectTimeoutSeconds).ShouldBe(("verify-full", "/etc/ca.pem", 3));
    }

    [Theory]
    [InlineData("mysql://me:secret@db/farthing", "does not begin with postgres://")]
    [InlineData("postgres://db/secret", "names no user")]
    [InlineData("postgres://me:secret@/farthing", "names no host")]
    [InlineData("postgres://me:secret@db", "names no database")]
    [InlineData("postgres://me:secret@db/", "names no database")]
    [InlineData("postgres://me:secret@db:0/farthing", "port")]
    [InlineData("postgres://me:secret@db:65536/farthing", "port")]
    [InlineData("postgres://me:secret@db:secret/farthing", "port")]
    [InlineData("postgres://me:secret@[::1/farthing", "bracket")]
    [InlineData("postgres://me:secret@db/farthing?sslmode=secret", "sslmode must be one of disable,")]
    [InlineData("postgres://me:secret@db/farthing?secret=1", "an option besides sslmode")]
    [InlineData("postgres://me:secret@db/farthing?connect_timeout=-1", "connect_timeout")]
    public void A_wrong_address_is_refused_without_repeating_it(string text, string reason)
    {
        var message = Should.Throw<FormatException>(() => PostgresUrl.Parse(text)).Message;

        message.ShouldContain(reason);
        message.ShouldNotContain("secret");
    }

    [Fact]
    public void Its_text_form_leaves_the_password_out() =>
        PostgresUrl.Parse("postgres://me:secret@db/farthing?sslmode=require").ToString().ShouldBe("postgres://me@db:5432/farthing");

    [Theory]
    [InlineData("postgres://x", true)]
    [InlineData("PostgreSQL://x", true)]
    [InlineData("sqlite", false)]
    [InlineData("", false)]
    public void What_is_meant_as_an_address_begins_like_one(string text, bool isMeant) => PostgresUrl.IsMeant(text).ShouldBe(isMeant);
}
