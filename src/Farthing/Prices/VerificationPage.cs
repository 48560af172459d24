using Farthing.Workflows.Pricing;

namespace Farthing.Prices;

/// <summary>How the pricing traps went, one line each; plain text, because scripts and people both look for FAIL.</summary>
internal static class VerificationPage
{
    /// <summary>Writes the lines and the sum.</summary>
    public static void Write(TextWriter output, IReadOnlyList<ConformanceResult> results)
    {
        foreach (var result in results)
        {
            output.WriteLine($"{(result.Passed ? "pass" : "FAIL")}  {result.Name}");
            if (!result.Passed)
            {
                output.WriteLine($"      {result.Why}");
                output.WriteLine($"      expected  {result.Expected}");
                output.WriteLine($"      actual    {result.Actual}");
            }
        }

        var failed = results.Count(static result => !result.Passed);
        output.WriteLine();
        output.WriteLine($"{results.Count - failed} passed, {failed} failed");
    }
}
