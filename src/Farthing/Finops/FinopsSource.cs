namespace Farthing.Finops;

/// <summary>Where the answers of one command come from.</summary>
/// <param name="answers">Answers.</param>
/// <param name="preparation">What was imported before.</param>
/// <param name="client">The server that is asked; null for this machine's store, which the host closes.</param>
internal sealed class FinopsSource(IFinopsAnswers answers, Preparation preparation, ServerClient? client) : IDisposable
{
    /// <summary>Answers.</summary>
    public IFinopsAnswers Answers => answers;

    /// <summary>What was imported before.</summary>
    public Preparation Preparation => preparation;

    /// <summary>Asks a server.</summary>
    /// <exception cref="SettingsException">There is no key in the environment.</exception>
    public static FinopsSource Of(CommandContext context, Uri server)
    {
        var client = Connect(context, server);
        return new(new ServerAnswers(client), Preparation.None, client);
    }

    /// <summary>A client with the key of the environment; warns when others could read that.</summary>
    /// <exception cref="SettingsException">There is no key in the environment.</exception>
    public static ServerClient Connect(CommandContext context, Uri server)
    {
        var client = new ServerClient(server, context.Settings.Key);
        if (ServerClient.IsOpen(server))
        {
            context.Error.WriteLine($"The key goes to {server.Host} unencrypted; use https where others share the network.");
        }

        return client;
    }

    /// <inheritdoc/>
    public void Dispose() => client?.Dispose();
}
