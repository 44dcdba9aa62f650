using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace MemoryWatch.Hosting.Webhook;

/// <summary>
/// Makes messages of alerts, and of a previous run that was killed, and leaves them in a queue of bounded length. It never waits: if the queue is
/// full, its oldest message is lost and counted.
/// </summary>
internal sealed class WebhookObserver : IMemoryObserver
{
    private const int MostWaiting = 32;

    private readonly Func<PreviousRun?> _previousRun;
    private readonly string _application;
    private readonly Channel<WebhookMessage> _queue;
    private bool _hasToldPrevious;
    private int _lost;

    /// <param name="options">The settings.</param>
    /// <param name="previousRun">Reads what is known of the previous run, once it is known.</param>
    /// <param name="environment">The host's environment, for the name of the application.</param>
    public WebhookObserver(WebhookOptions options, Func<PreviousRun?> previousRun, IHostEnvironment? environment)
    {
        (Options, _previousRun, _application) = (options, previousRun, environment?.ApplicationName ?? AppDomain.CurrentDomain.FriendlyName);
        _queue = Channel.CreateBounded<WebhookMessage>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>The settings.</summary>
    public WebhookOptions Options { get; }

    /// <summary>Whether there is an address to send to.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Options.Url);

    /// <summary>The messages that wait.</summary>
    public ChannelReader<WebhookMessage> Waiting => _queue.Reader;

    /// <summary>How many messages were lost since the last call.</summary>
    public int TakeLost() => Interlocked.Exchange(ref _lost, 0);

    /// <summary>No message follows.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
        if (IsOn && alert.Severity >= Options.MinimumSeverity)
        {
            Add(alert.Describe(), alert.Kind, alert.Severity, snapshot);
        }
    }

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        if (!IsOn || _hasToldPrevious || _previousRun() is not { } run)
        {
            return;
        }

        _hasToldPrevious = true;
        if (run.Verdict is not (RunVerdict.Unknown or RunVerdict.Clean))
        {
            Add(run.Describe(), "previous_run", AlertSeverity.Critical, snapshot);
        }
    }

    private void Add(string text, string kind, AlertSeverity severity, MemorySnapshot snapshot) =>
        _queue.Writer.TryWrite(new(text, kind, severity, snapshot.Zone, _application, Environment.MachineName, snapshot.Time));
}
