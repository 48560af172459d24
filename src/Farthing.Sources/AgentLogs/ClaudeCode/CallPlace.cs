namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>Which model was called, when, and where that is written.</summary>
/// <param name="Model">The model as the log spells it.</param>
/// <param name="At">When the record was written.</param>
/// <param name="Line">The line of the record, 1-based.</param>
internal readonly record struct CallPlace(string Model, DateTimeOffset At, long Line);
