using System.Runtime.CompilerServices;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Watch;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>
/// Two runs of a watch, one after the other, on a machine where one operation on a file fails: start, ticks, operations, a snapshot, a worse
/// zone and a better one, a stop, and a second start that reports the first run. It notes everything that must not be.
/// </summary>
internal sealed class FaultRun : IDisposable
{
    private static readonly MemoryZone[] Zones = Enum.GetValues<MemoryZone>();
    private static readonly MemoryThreshold[] Edges =
    [
        MemoryWatchDefaults.ElevatedThreshold, MemoryWatchDefaults.CriticalThreshold, MemoryWatchDefaults.ImminentThreshold,
    ];

    private readonly FaultMachine _machine;
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));
    private readonly LogCapture _log = new();
    private readonly FailingFiles _files;
    private readonly List<string> _problems = [];
    private string? _failedBefore;
    private DateTimeOffset _started;

    public FaultRun(FaultMachine machine, int n, FileFault fault)
    {
        (_machine, _files) = (machine, new(n, fault, _time));
        File.WriteAllText(TerminationLog, string.Empty);
    }

    /// <summary>The operation that failed; <see langword="null"/> if there was none left to fail.</summary>
    public string? Failed => _files.Failed;

    /// <summary>The ways in which that operation can fail.</summary>
    public FileFault[] Possible => _files.Possible;

    private string Box => _folder.File("memory.blackbox");

    private string TerminationLog => _folder.File("termination-log");

    /// <returns>What must not be and was.</returns>
    public IReadOnlyList<string> Play()
    {
        try
        {
            First();
            Second();
        }
        catch (Exception error)
        {
            _problems.Add($"it threw {error}");
        }

        return _problems;
    }

    public void Dispose() => _folder.Dispose();

    private void First()
    {
        _machine.Use(100);
        using var watch = Start(out var engine);
        Tick(engine);
        using (var upload = watch.Track("Upload", "User 7"))
        {
            Check(watch.InFlight.Count == 1, "an operation in flight is tracked");
            watch.Mark("Half", "User 7");
            Tick(engine);
        }

        var download = watch.Track("Download", "User 5");
        Look(watch.Snapshot("Progress", "User 5"));
        _machine.Use(505);
        Tick(engine);
        Tick(engine);
        _machine.Use(120);
        Tick(engine);
        Tick(engine);
        download.Dispose();
        Settle(engine);
        var wasFailing = _log.Of(LogEvents.BlackBoxFailing).Any();
        watch.Dispose();

        Check(watch.InFlight.Count == 0, "no operation is left in flight");
        Check(watch.TotalsByName.Select(t => $"{t.Name} {t.Count}").Order().SequenceEqual(["Download 1", "Upload 1"]), "operations are counted");
        Check(Texts(LogEvents.OperationStarted) == "Download Started, Upload Started", $"starts are logged, not {Texts(LogEvents.OperationStarted)}");
        Check(Texts(LogEvents.OperationEnded) == "Download Completed, Upload Completed", $"ends are logged, not {Texts(LogEvents.OperationEnded)}");
        Check(_log.Of(LogEvents.Mark).Count() == 1, "the mark is logged");
        Check(_log.Of(LogEvents.Snapshot).Count() == 1, "the snapshot is logged");
        Check(_log.Of(LogEvents.Stopped).Count() == 1, "the stop is logged");
        Check(File.ReadAllText(TerminationLog).Length == 0, "no last words are left when the limit is no longer near");
        Check(wasFailing == _log.Of(LogEvents.BlackBoxRecovered).Any(), "a black box that failed is written again");
        _failedBefore = _files.Failed;
    }

    private void Second()
    {
        using var watch = Start(out var engine);
        Tick(engine);
        Settle(engine);
        watch.Dispose();
        var wasToldOff = _log.Lines.Any(line => line.Event.Id is >= LogEvents.PreviousRunUnreadable and <= LogEvents.BlackBoxFailing
            && line.Event.Id != LogEvents.LastWords);
        var history = watch.History(TimeSpan.FromDays(7));
        Check(history.Points.Count > 0, "the history has a point");
        Check(history.Marks.Any(mark => mark.Kind is MemoryHistoryMarkKind.Start or MemoryHistoryMarkKind.Restart), "the history has the start");
        if (watch.PreviousRun is not { } previous)
        {
            Check(wasToldOff, "a previous run that is not reported has a line that says why");
            return;
        }

        Check(previous.Verdict == RunVerdict.Clean || Failed is not null, $"the first run was stopped, not {previous.Verdict}");
        Check(previous.Verdict is RunVerdict.Clean or RunVerdict.EndedWithoutMark, $"nobody killed the first run, but it is {previous.Verdict}");
        Check(previous.Verdict == RunVerdict.Clean || previous.DamagedRecords > 0 || wasToldOff, $"a run that is {previous.Verdict} has a line that says why");
        Check(previous.InFlight.Count == 0 || previous.DamagedRecords > 0 || wasToldOff, "nothing was in flight");
        Check(previous.DamagedRecords == 0 || wasToldOff || _failedBefore != Failed, $"{previous.DamagedRecords} records are damaged");
    }

    private MemoryWatcher Start(out Engine engine)
    {
        var options = new MemoryWatchOptions { TerminationLogPath = TerminationLog, EnableCollectionWhenHigh = false };
        options.BlackBox.Path = Box;
        options.BlackBox.Size = "64KB";
        options.BlackBox.KeptFiles = 1;
        var source = _machine.Machine.Source with { Files = _files, CountsEntries = false };
        var watch = new MemoryWatcher(
            options, _log, _time, new MemoryWatch.Read.LinuxReader(_time, source), new ManualPacer(), null, Deadline.Backstop, _files);
        engine = watch.Prepare(new MemoryWatchBuilder())!;
        _started = watch.Current.Time;
        Look(watch.Current);
        return watch;
    }

    private void Tick(Engine engine)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        engine.Tick();
        Look(engine.Current);
    }

    /// <summary>Whatever failed once has been read again by now, and the black box is written again.</summary>
    private void Settle(Engine engine)
    {
        string? failed;
        do
        {
            failed = Failed;
            Tick(engine);
            _time.Advance(TimeSpan.FromSeconds(10));
            Tick(engine);
            Tick(engine);
        }
        while (Failed != failed);

        var snapshot = engine.Current;
        Check(IsComplete(snapshot), $"a later reading is complete: {snapshot.Gaps} {snapshot.Usage} {snapshot.Usage.Source}");
        Check(snapshot.Metrics.All(metric => metric.Value > 0), "threads and open files are counted again");
        Check(snapshot.Container is { OtherProcesses: 0, Group.Inode: > 0 }, "the cgroup is identified again");
    }

    private bool IsComplete(MemorySnapshot snapshot) =>
        snapshot is { Usage: { Precision: UsagePrecision.Exact, Source: LimitSource.Container }, Gaps: ReadingGaps.None }
        && snapshot.Usage.UsedBytes == _machine.Used && snapshot.Process.AnonymousBytes is not null && snapshot.Container.OomKills is not null;

    /// <summary>Checks each number of a snapshot against the machine.</summary>
    private void Look(MemorySnapshot snapshot)
    {
        var usage = snapshot.Usage;
        var truth = usage.Source == LimitSource.Machine ? FaultMachine.Total - FaultMachine.Available : _machine.Used;
        Check(usage.Source is LimitSource.Container or LimitSource.Machine, $"the limit is of {usage.Source}");
        Check(usage.LimitBytes == (usage.Source == LimitSource.Machine ? FaultMachine.Total : FaultMachine.Limit), $"the limit is {usage.LimitBytes}");
        Check(
            usage.Precision switch
            {
                UsagePrecision.AtMost => usage.UsedBytes >= truth && usage.LeastUsedBytes <= truth,
                UsagePrecision.AtLeast => usage.UsedBytes <= truth,
                _ => usage.UsedBytes is null || usage.UsedBytes == truth,
            },
            $"used is {usage} where it is {MemoryText.Megabytes(truth)}");
        Check(
            usage.Source == LimitSource.Container || snapshot.Gaps != ReadingGaps.None || (snapshot.Time == _started && _files.MeansMissing),
            "a container that is not seen is a gap");
        Check(usage.UsedBytes is not null || snapshot.Gaps != ReadingGaps.None, "an unknown usage is a gap");
        Check(usage.Precision == UsagePrecision.Exact || snapshot.Gaps != ReadingGaps.None, "a bound is a gap");
        Check(OneOf(snapshot.Process.ResidentBytes, _machine.Resident), $"resident is {snapshot.Process.ResidentBytes}");
        Check(OneOf(snapshot.Machine.TotalBytes, FaultMachine.Total) || (snapshot.Gaps & ReadingGaps.MachineTotal) != 0, "the machine's total is true");
        Check(OneOf(snapshot.Machine.OomKills, 7) && OneOf(snapshot.Container.OomKills, 0), "kills are true");
        Check(snapshot.Zone >= Zone(usage), $"the zone is {snapshot.Zone} at {usage}");
        Check(snapshot.Trigger != SnapshotTrigger.Tick || IsLogged(snapshot), $"a reading with the gaps {snapshot.Gaps} is logged");
    }

    /// <summary>The first snapshot is not logged but at the next tick.</summary>
    private bool IsLogged(MemorySnapshot snapshot) =>
        snapshot.Gaps == ReadingGaps.None || !_log.Of(LogEvents.Started).Any() || _log.Of(LogEvents.ReadingIncomplete).Any() || snapshot.Time == _started;

    private static bool OneOf(long? number, long truth) => number is null || number == truth;

    private static MemoryZone Zone(in MemoryUsage usage)
    {
        var (used, limit) = (usage.UsedBytes, usage.LimitBytes);
        return Zones[Edges.Count(edge => used >= edge.Resolve(limit))];
    }

    private string Texts(int eventId) =>
        string.Join(", ", _log.Of(eventId).Select(line => line.Text.Split(" | ")[0].Split('-')[0].Trim()).Order(StringComparer.Ordinal));

    private void Check(bool isTrue, string what)
    {
        if (!isTrue)
        {
            _problems.Add($"{what} (at {_time.GetUtcNow():mm:ss})");
        }
    }

    private void Check(bool isTrue, [InterpolatedStringHandlerArgument(nameof(isTrue))] Complaint what)
    {
        if (!isTrue)
        {
            Check(false, what.Read());
        }
    }
}
