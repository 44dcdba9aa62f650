using System.Threading.Channels;
using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>
/// Passes the watch's alerts to <see cref="AlertSender"/>, because people on small hosts do not read logs. It never waits because the watch must
/// not; alerts that do not fit are counted and dropped.
/// </summary>
internal sealed class AlertObserver(BotOptions options, TimeProvider time) : IMemoryObserver
{
    private const int Waiting = 16;

    // Only the thread that calls OnAlert uses this.
    private readonly Dictionary<(string Kind, AlertSeverity Severity), (long Sent, int LeftOut)> _byKind = [];

    private readonly Channel<string> _texts = Channel.CreateBounded<string>(Waiting);

    public ChannelReader<string> Texts => _texts.Reader;

    public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
        // The key includes the severity, so that an earlier alert of lower severity does not suppress a more severe one.
        var key = (alert.Kind, alert.Severity);
        var isKnown = _byKind.TryGetValue(key, out var last);
        if (options.Admins.Count == 0 || (isKnown && time.GetElapsedTime(last.Sent) < options.AlertInterval)
            || !_texts.Writer.TryWrite(Describe(alert, snapshot, last.LeftOut)))
        {
            _byKind[key] = last with { LeftOut = last.LeftOut + 1 };
            return;
        }

        _byKind[key] = (time.GetTimestamp(), 0);
    }

    private static string Describe(MemoryAlert alert, MemorySnapshot snapshot, int leftOut) =>
        $"{alert.Describe()}{(leftOut > 0 ? $"\n({leftOut} more like this since the last message)" : string.Empty)}\n{snapshot.DescribeInFull()}";
}
