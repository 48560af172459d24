namespace Farthing.Web.Hosting;

/// <summary>Since when a server runs.</summary>
/// <param name="At">When it was built.</param>
public sealed record ServerStart(DateTimeOffset At);
