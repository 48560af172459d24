namespace Farthing.Demo;

/// <summary>When a dashboard shows made-up figures.</summary>
internal enum DemoChoice
{
    /// <summary>While there is nothing else to show.</summary>
    WhenEmpty,

    /// <summary>Whatever there is to show.</summary>
    Always,

    /// <summary>Not at all.</summary>
    Never,
}
