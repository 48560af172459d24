using System.Buffers.Text;
using System.Security.Cryptography;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A key that was just made, for the page that shows it.</summary>
/// <param name="Text">The key.</param>
/// <param name="Whose">What it is called, or whose it is.</param>
/// <param name="Back">Where one came from.</param>
public sealed record Secret(string Text, string Whose, string Back);

/// <summary>
/// Keeps what a page shows once, between the form that made it and that page, in memory only. It is given to the sign-in that
/// made it, once, and forgotten soon.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ShownOnce(TimeProvider time)
{
    /// <summary>How long it is kept: a browser follows at once.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>How many are kept; the oldest gives way.</summary>
    public const int KeptMax = 256;

    private const int PlaceBytes = 16;

    private readonly Lock door = new();
    private readonly List<Kept> kept = [];

    /// <summary>Keeps a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="signIn">The id of the sign-in that may see it.</param>
    /// <returns>Its place, which nobody can guess.</returns>
    public string Keep(Secret secret, string signIn)
    {
        var place = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PlaceBytes));
        lock (door)
        {
            Forget();
            if (kept.Count == KeptMax)
            {
                kept.RemoveAt(0);
            }

            kept.Add(new(place, signIn, time.GetUtcNow() + Life, secret));
        }

        return place;
    }

    /// <summary>Gives a secret away; null when there is none at the place for the sign-in any more.</summary>
    public Secret? Take(string place, string signIn)
    {
        lock (door)
        {
            Forget();
            var at = kept.FindIndex(one => one.Place == place && one.SignIn == signIn);
            if (at < 0)
            {
                return null;
            }

            var secret = kept[at].Secret;
            kept.RemoveAt(at);
            return secret;
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        kept.RemoveAll(one => one.Until <= now);
    }

    private sealed record Kept(string Place, string SignIn, DateTimeOffset Until, Secret Secret);
}
