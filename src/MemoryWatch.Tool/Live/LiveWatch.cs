using MemoryWatch.Judge;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>Watches a process from outside: reads it, and judges it by the zones and forecasts of the library. For one caller at a time.</summary>
internal sealed class LiveWatch : IDisposable
{
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly ManagedReading NoHeap = new() { HeapBytes = 0, LiveBytes = 0 };

    // The runtime, or what it maps if it is a part of the program itself.
    private static readonly string[] NamesOfRuntime = ["libcoreclr.so", "doublemapper", "System.Private.CoreLib.dll"];

    private readonly LinuxSource _source;
    private readonly long? _limit;
    private readonly TimeProvider _time;
    private readonly JudgeSettings _settings;
    private readonly SourceReader _reader;
    private readonly ProcessEntryCounts _entries;
    private readonly MappingReader _mappings;
    private readonly NeighborhoodReader _neighborhoods;
    private readonly ReadingBudget _proportionalBudget;
    private readonly ReadingBudget _mappingBudget;
    private readonly ReadingBudget _neighborBudget;
    private readonly LimitForecast _forecast;
    private readonly EndWatch _end;
    private readonly long _started;
    private readonly long _startTicks;
    private ZoneJudgement _judgement;
    private Neighborhood _neighborhood = new(null, null);
    private long? _proportional;
    private (long At, long Ticks)? _processor;

    private LiveWatch(LinuxSource source, long id, ProcessStat stat, long? limit, TimeProvider time)
    {
        (_source, Id, _limit, _time) = (source, id, limit, time);
        Name = ProcessFiles.ReadName(source, id) ?? MemoryText.NotAvailable;
        _startTicks = stat.StartTicks;
        _settings = new MemoryWatchOptions().ToSettings().Judging;
        _reader = new(source);
        _entries = new(source);
        _mappings = new(source);
        _neighborhoods = new(source, id, time);
        (_proportionalBudget, _mappingBudget, _neighborBudget) = (new(time, Seldom), new(time, Seldom), new(time, Seldom));
        _forecast = new(time);
        _end = new(source, id, time);
        (Mappings, Others) = (new(time, Window), new(time, Window));
        _started = time.GetTimestamp();
    }

    public long Id { get; }

    public string Name { get; }

    /// <summary>The sizes of its mappings.</summary>
    public GrowthWindow Mappings { get; }

    /// <summary>
    /// Whether the .NET runtime is in the process; <see langword="null"/> if its mappings cannot be read. Without it there is no .NET heap, so that
    /// growth is not the garbage of one.
    /// </summary>
    public bool? HasRuntime { get; private set; }

    /// <summary>The sizes of the largest other processes in its cgroup.</summary>
    public GrowthWindow Others { get; }

    /// <exception cref="UnreadableException">There is no such process.</exception>
    public static LiveWatch Of(long id, long? limit, Files.IFiles files, TimeProvider time, string root = "")
    {
        var source = TargetSource.Of(id, files, root);
        if (ProcessFiles.ReadStat(source, id) is not { } stat)
        {
            throw new UnreadableException(LiveText.NoProcess(id));
        }

        if (stat.HasEnded)
        {
            throw new UnreadableException(LiveText.HasEnded(id));
        }

        return ProcessFiles.ReadGroupLeader(source, id) is { } leader && leader != id
            ? throw new UnreadableException(LiveText.IsThread(id, leader))
            : new(source, id, stat, limit, time);
    }

    /// <summary>Reads the process.</summary>
    /// <returns><see langword="null"/> if it has ended.</returns>
    public LiveReading? Tick()
    {
        ReadSeldom();
        var reading = _reader.Read();
        if (ProcessFiles.ReadStat(_source, Id) is not { HasEnded: false } stat || stat.StartTicks != _startTicks)
        {
            return null;
        }

        ReadNeighbors();
        var managed = HasRuntime == false ? NoHeap : default;
        var snapshot = Snapshots.Of(reading with { Managed = managed }, _time.GetUtcNow(), _limit, _neighborhood.Others);
        _judgement = Zones.Next(_judgement, snapshot, _settings);
        snapshot.Judged(_judgement, _forecast.Next(snapshot));
        _end.Note(_reader.Location, snapshot.Container.OtherProcesses, snapshot.Zone);
        return new()
        {
            At = _time.GetElapsedTime(_started),
            Snapshot = snapshot,
            Levels = _reader.ReadLevels(),
            Threads = _entries.ReadThreads(),
            OpenFiles = _entries.ReadOpenFiles(),
            Processors = ReadProcessors(stat),
            ProportionalBytes = _proportional,
            Neighborhood = _neighborhood,
        };
    }

    /// <summary>What is known of the end of the process.</summary>
    public EndFacts End() => _end.End();

    public void Dispose()
    {
        _reader.Dispose();
        _end.Dispose();
    }

    private void ReadSeldom()
    {
        if (_proportionalBudget.IsDue)
        {
            _proportional = _proportionalBudget.Run(_mappings.ReadProportional);
        }

        if (_mappingBudget.IsDue && _mappingBudget.Run(_mappings.ReadSizes) is { } sizes)
        {
            Mappings.Add(sizes);
            HasRuntime = sizes.Keys.Any(name => Array.Exists(NamesOfRuntime, part => name.Contains(part, StringComparison.Ordinal)));
        }
    }

    // After the first reading, which finds the cgroup.
    private void ReadNeighbors()
    {
        if (_neighborBudget.IsDue)
        {
            _neighborhood = _neighborBudget.Run(() => _neighborhoods.Read(_reader));
            if (_neighborhood.Others is { } others)
            {
                Others.Add(others.Largest.ToDictionary(LiveText.Name, static other => other.ResidentBytes));
            }
        }
    }

    private double? ReadProcessors(in ProcessStat stat)
    {
        var now = (At: _time.GetTimestamp(), Ticks: stat.ProcessorTicks);
        var before = _processor;
        _processor = now;
        return before is { } last && _time.GetElapsedTime(last.At, now.At).TotalSeconds is > 0 and var seconds
            ? Math.Max(0, now.Ticks - last.Ticks) / (double)ProcessStat.TicksPerSecond / seconds
            : null;
    }
}
