using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// Removes secrets from the library's log lines: known secrets, and everything that looks like a phone number, a code, a key or a hash. It also
/// removes control characters because some of the text comes from users. Thread-safe.
/// </summary>
internal sealed partial class LogCleaner
{
    private const string Mask = "***";
    private const int MaxLength = 2000;

    private readonly ConcurrentDictionary<string, int> _secrets = new();

    /// <summary>Hides a text in the log until the result is disposed.</summary>
    public IDisposable Hide(string secret)
    {
        _secrets.AddOrUpdate(secret, 1, static (_, count) => count + 1);
        return new Hidden(this, secret);
    }

    public string Clean(string text)
    {
        var clean = text.Length <= MaxLength ? text : text[..MaxLength];

        // The longest first: if one secret contains another, the rest of it would remain.
        foreach (var secret in _secrets.Keys.OrderByDescending(s => s.Length))
        {
            clean = clean.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase);
        }

        return Control().Replace(Secretive().Replace(clean, Mask), " ");
    }

    private void Show(string secret)
    {
        if (_secrets.AddOrUpdate(secret, 0, static (_, count) => count - 1) <= 0)
        {
            _secrets.TryRemove(new KeyValuePair<string, int>(secret, 0));
        }
    }

    [GeneratedRegex(@"[A-Za-z0-9+/_\-]{32,}={0,2}|\b[0-9A-Fa-f]{10,}\b|\+?[0-9]{5,}")]
    private static partial Regex Secretive();

    [GeneratedRegex(@"[\p{C}]+")]
    private static partial Regex Control();

    private sealed class Hidden(LogCleaner cleaner, string secret) : IDisposable
    {
        private LogCleaner? _cleaner = cleaner;

        public void Dispose() => Interlocked.Exchange(ref _cleaner, null)?.Show(secret);
    }
}
