using MemoryWatch.Act;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Judge;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>The drained restart: decides about it at each tick, and leads it from its beginning to the program's end. Used by the watch thread.</summary>
internal sealed class RestartTurn
{
    // A disk that hangs makes each attempt to record the restart take its time.
    private static readonly TimeSpan RestOfDisk = TimeSpan.FromSeconds(10);

    private readonly OperationTracker _operations;
    private readonly BlackBoxRun _box;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Drain _drain;
    private readonly ProgramEnd _end;
    private Action<int>? _stop;
    private long _started;
    private RestartRefusal _refused;
    private long _refusedAt;

    public RestartTurn(OperationTracker operations, BlackBoxRun box, ILogger logger, TimeProvider time, ProcessExit process)
    {
        (_operations, _box, _logger, _time, _started) = (operations, box, logger, time, time.GetTimestamp());
        Admission = new(time);
        _drain = new(operations.Store.CountInFlight, box.RecordRestart, OnFault, time);
        _end = new(process, OnFault, OnLate);
    }

    /// <summary>What is known of what admits work.</summary>
    public Admission Admission { get; }

    /// <summary>Cancelled when the program is to take no more work.</summary>
    public CancellationToken Draining => _drain.Token;

    /// <summary>Takes over how the program is stopped, and says whether a restart is possible in this run. The black box has been opened by then.</summary>
    /// <param name="stop">Stops the program; <see langword="null"/> if it has not said how.</param>
    /// <param name="settings">The settings in force.</param>
    public void Begin(Action<int>? stop, RestartSettings settings)
    {
        (_stop, _started) = (stop, _time.GetTimestamp());
        if (!settings.Enabled)
        {
            return;
        }

        var facts = Facts(settings);
        if (RestartJudge.Arming(facts) is var refusal and not RestartRefusal.None)
        {
            RestartLog.NotArmed(_logger, RestartText.Of(refusal, facts));
        }
        else
        {
            RestartLog.Armed(
                _logger, settings.From.ToString(), facts.Ledger.CountAt(facts.Now), settings.MostPerDay, MemoryText.Interval(settings.MinimumUptime));
        }
    }

    /// <summary>
    /// Looks after a restart that has begun. At each tick, whatever else fails in it and even if the watch was disabled since: the program takes no more
    /// work, so the restart must come to its end.
    /// </summary>
    public void Follow(RestartSettings settings)
    {
        if (_drain.Advance(settings.DrainTimeout) is { } restart)
        {
            RestartLog.WriteEnd(_logger, restart, [.. _operations.InFlight.Where(o => !restart.Background.Contains(o.Name))]);
            _end.Begin(_stop!, restart.ExitCode, settings.StopTimeout);
        }
    }

    /// <summary>Begins a restart if it is needed and allowed.</summary>
    /// <param name="snapshot">The snapshot of this tick.</param>
    /// <param name="isExhausted">Whether relief has been tried and has not helped.</param>
    /// <param name="settings">The settings in force.</param>
    public void Consider(MemorySnapshot snapshot, bool isExhausted, RestartSettings settings)
    {
        if (!settings.Enabled || snapshot.Judgement.ActingZone < MinZone(settings.From))
        {
            _refused = RestartRefusal.None;
        }
        else if (isExhausted && RestartJudge.IsNeeded(snapshot, settings.From, settings.DrainTimeout, Admission) && !_drain.Token.IsCancellationRequested
            && (_refused != RestartRefusal.NotRecorded || _time.GetElapsedTime(_refusedAt) >= RestOfDisk))
        {
            Begin(snapshot, settings);
        }
    }

    /// <summary>Time to the next tick, which is shorter while operations are waited for.</summary>
    public TimeSpan Wait(TimeSpan wait) => _drain.IsWaiting && wait > Drain.Quiet ? Drain.Quiet : wait;

    /// <summary>Counts a last time what is in flight; before the black box is closed.</summary>
    public void Stop() => _drain.CountAgain();

    private void Begin(MemorySnapshot snapshot, RestartSettings settings)
    {
        var facts = Facts(settings);
        var refusal = RestartJudge.Judge(facts);
        if (refusal == RestartRefusal.None)
        {
            var governing = snapshot.Governing;
            var begun = _drain.TryBegin(new()
            {
                Began = facts.Now,
                Zone = snapshot.Judgement.ActingZone,
                UsedBytes = governing.UsedBytes,
                LimitBytes = governing.LimitBytes,
                Background = settings.Background,
                ExitCode = settings.ExitCode,
                NumberOfDay = facts.Ledger.CountAt(facts.Now) + 1,
            });
            if (begun is not null)
            {
                RestartLog.Write(_logger, begun, settings.DrainTimeout, settings.MostPerDay);
                return;
            }

            refusal = RestartRefusal.NotRecorded;
        }

        _refusedAt = _time.GetTimestamp();
        if (refusal != _refused)
        {
            _refused = refusal;
            RestartLog.Refused(_logger, RestartText.Of(refusal, facts));
        }
    }

    private RestartFacts Facts(RestartSettings settings) => new(
        settings.Enabled, _stop is not null, _box.Restarts, _time.GetElapsedTime(_started), _time.GetUtcNow(), settings.MinimumUptime, settings.MostPerDay);

    // Below it, the next refusal is another one.
    private static MemoryZone MinZone(MemoryZone from) => from < MemoryZone.Critical ? from : MemoryZone.Critical;

    private void OnFault(Exception error) => RestartLog.CallbackFailed(_logger, SafeText.Error(error));

    private void OnLate()
    {
        RestartLog.Forced(_logger);
        _drain.CountAgain();
    }
}
