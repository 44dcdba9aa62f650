using System.Diagnostics.Metrics;
using MemoryWatch.Act;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryWatch;

/// <summary>
/// The memory watch. Programs with a DI container get it from <c>AddMemoryWatch()</c> of MemoryWatch.Hosting. Other programs get it from
/// <see cref="Start"/> and dispose it when they end.
/// </summary>
/// <example>
/// <code>
/// using var watch = MemoryWatcher.Start(builder => builder.AddBlackBox(), loggers);
///
/// await watch.TrackAsync("Import", () => DownloadAsync(userId));
/// </code>
/// </example>
public sealed class MemoryWatcher : IMemoryWatch, IDisposable
{
    /// <summary>The category of the watch's log lines: <c>MemoryWatch</c>.</summary>
    public const string LogCategory = "MemoryWatch";

    /// <summary>The name of the watch's meter, for meter listeners: <c>MemoryWatch</c>.</summary>
    public const string MeterName = TelemetryNames.Meter;

    /// <summary>
    /// The name of the source of the watch's activities, one activity for each operation, for activity listeners: <c>MemoryWatch</c>.
    /// </summary>
    public const string ActivitySourceName = TelemetryNames.ActivitySource;

    private static readonly TimeSpan PluginTimeLimit = TimeSpan.FromSeconds(1);

    private readonly object _lifecycle = new();
    private readonly Engine _engine;
    private readonly Dictionary<string, object?> _inForce;
    private bool _isStarted;
    private bool _isStopped;

    // The check that every call makes first, combined in one field: the settings enable the watch, and it has not been stopped.
    private volatile bool _isOn;

    /// <summary>
    /// Creates a watch that has not started: it tracks operations and takes explicit snapshots, but reads nothing regularly until
    /// <see cref="StartWatching"/>. For hosts; programs without one use <see cref="Start"/>.
    /// </summary>
    /// <param name="options">The settings; they are copied, so later changes need <see cref="Update"/>.</param>
    /// <param name="loggerFactory">Creates the watch's logger; if <see langword="null"/>, nothing is logged.</param>
    /// <param name="timeProvider">The clock; the system's if <see langword="null"/>.</param>
    /// <param name="meterFactory">Creates the meter <see cref="MeterName"/>; if <see langword="null"/>, the watch creates it directly.</param>
    /// <exception cref="OptionsValidationException">
    /// A setting is not allowed; the message contains its name, its value and the allowed values.
    /// </exception>
    public MemoryWatcher(
        MemoryWatchOptions options,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        IMeterFactory? meterFactory = null)
        : this(
            options,
            (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(LogCategory),
            timeProvider ?? TimeProvider.System,
            MemoryReader.Create(timeProvider ?? TimeProvider.System),
            new RealTimePacer(),
            meterFactory,
            PluginTimeLimit)
    {
    }

    internal MemoryWatcher(
        MemoryWatchOptions options, ILogger logger, TimeProvider time, IMemoryReader reader, IPacer pacer,
        IMeterFactory? meters, TimeSpan pluginTimeLimit, IFiles? files = null, ProcessExit? process = null, GcLimit? gc = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(MemoryWatchOptions.SectionName, typeof(MemoryWatchOptions), problems);
        }

        _engine = new(options.ToSettings(), options.ToBlackBoxSettings(), logger, time, reader, pacer, pluginTimeLimit, meters, files ?? DiskFiles.Instance, process, gc);
        _inForce = MemoryWatchSettings.Read(options);
        _isOn = options.Enabled;
    }

    /// <summary>A watch that does nothing, for code that needs one but runs without, such as unit tests.</summary>
    public static IMemoryWatch None { get; } = new NoWatch();

    /// <inheritdoc/>
    public bool IsEnabled => _isOn;

    /// <inheritdoc/>
    public MemorySnapshot Current => _engine.Current;

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> RecentEntries => _engine.Operations.Store.Journal.Last();

    /// <inheritdoc/>
    public IReadOnlyList<OperationInFlight> InFlight => _engine.Operations.InFlight;

    /// <inheritdoc/>
    public IReadOnlyList<OperationTotals> TotalsByName => _engine.Operations.Store.Totals.Read();

    /// <inheritdoc/>
    public PreviousRun? PreviousRun => _engine.PreviousRun;

    /// <inheritdoc/>
    public CancellationToken Draining => _engine.Draining;

    /// <inheritdoc/>
    public void ReportAdmission(bool isStarved) => _engine.ReportAdmission(isStarved);

    /// <summary>
    /// Where the files of the folders are stored that were added with <c>WatchFolder</c>, as it was at the start. A folder on a disk that does not
    /// answer is missing until it does, and all are on systems other than Linux.
    /// </summary>
    public IReadOnlyList<WatchedFolder> WatchedFolders => _engine.WatchedFolders;

    /// <summary>
    /// How far the relief of memory has come, as of the last tick; <see cref="ReliefStanding.None"/> while the watch is disabled, before it has started
    /// and after it has stopped. Thread-safe.
    /// </summary>
    public ReliefStanding Relief => _isOn ? _engine.Relief : ReliefStanding.None;

    /// <summary>The watch's meter, so that tests can distinguish it from others of its name.</summary>
    internal Meter Meter => _engine.Meter;

    /// <summary>Creates a watch and starts it: the one call for programs without a DI container.</summary>
    /// <param name="build">Changes settings and adds plug-ins; the defaults apply if <see langword="null"/>.</param>
    /// <param name="loggerFactory">Creates the watch's logger; if <see langword="null"/>, nothing is logged.</param>
    /// <returns>The running watch; dispose it at the program's end.</returns>
    /// <exception cref="OptionsValidationException">
    /// A setting is not allowed; the message contains its name, its value and the allowed values.
    /// </exception>
    /// <exception cref="InvalidOperationException">Two metrics have the same name or key.</exception>
    public static MemoryWatcher Start(Action<MemoryWatchBuilder>? build = null, ILoggerFactory? loggerFactory = null)
    {
        var builder = new MemoryWatchBuilder();
        build?.Invoke(builder);
        var options = new MemoryWatchOptions();
        builder.Apply(options);
        var watcher = new MemoryWatcher(options, loggerFactory);
        try
        {
            watcher.StartWatching(builder);
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Starts regular readings. Has no effect if the watch runs or has stopped. If the watch is enabled and has a black box, waits up to 15
    /// seconds for its file to open.
    /// </summary>
    /// <param name="builder">The plug-ins; none if <see langword="null"/>.</param>
    /// <param name="services">The services that the builder's factories use; none if <see langword="null"/>.</param>
    /// <exception cref="InvalidOperationException">Two metrics have the same name or key.</exception>
    public void StartWatching(MemoryWatchBuilder? builder = null, IServiceProvider? services = null) => Prepare(builder, services)?.Run();

    /// <summary>Changes the settings of a watch, whether it is running or not. Its plug-ins stay unchanged.</summary>
    /// <param name="options">The new settings; they are copied.</param>
    /// <returns>
    /// The settings that changed and whether each is in force; one log line names them too. If a setting is not allowed, none is changed, and the
    /// result and the log contain the reason.
    /// </returns>
    public SettingsUpdate Update(MemoryWatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            WatchLog.SettingsRefused(_engine.Logger, string.Join(' ', problems));
            return new(problems, []);
        }

        lock (_lifecycle)
        {
            var update = new SettingsUpdate([], MemoryWatchSettings.Change(_inForce, MemoryWatchSettings.Read(options)));
            if (update.Changes.Count > 0)
            {
                _isOn = options.Enabled && !_isStopped;
                _engine.Use(options.ToSettings(), update);
            }

            return update;
        }
    }

    /// <inheritdoc/>
    public long? ReadResidentBytes() => _isOn ? _engine.ReadResidentBytes() : null;

    /// <inheritdoc/>
    public MemoryDiagnosis Diagnose() => _engine.Diagnose();

    /// <inheritdoc/>
    public MemoryHistory History(TimeSpan window) => _engine.History(window);

    /// <inheritdoc/>
    public MemorySnapshot Snapshot(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _isOn ? _engine.Snapshot(name, context) : MemorySnapshot.Empty;
    }

    /// <inheritdoc/>
    public void Mark(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_isOn)
        {
            _engine.Operations.Mark(name, context);
        }
    }

    /// <inheritdoc/>
    public OperationScope Track(string name, OperationContext context = default) => Track(name, context, OperationVerbosity.Normal);

    /// <inheritdoc/>
    public OperationScope Track(string name, OperationContext context, OperationVerbosity verbosity)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _isOn ? _engine.Operations.Start(name, context, verbosity) : OperationScope.None;
    }

    /// <inheritdoc/>
    public void ExpectCollected(object target, string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(name);
        if (_isOn)
        {
            _engine.ExpectCollected(target, name, context);
        }
    }

    /// <summary>
    /// Stops the watch: it reads, logs and tracks nothing after that. Operations in flight may still be ended. Waits at most two seconds for a
    /// running tick, and three more for a black box if its disk hangs.
    /// </summary>
    public void Dispose()
    {
        lock (_lifecycle)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            _isOn = false;
            if (_isStarted)
            {
                _engine.Stop();
                WatchLog.Stopped(_engine.Logger);
            }

            _engine.Dispose();
        }
    }

    /// <summary>Builds everything without starting the thread; for tests that call the ticks.</summary>
    /// <returns>The engine, whose ticks the caller runs; <see langword="null"/> if the watch was started before or has stopped.</returns>
    internal Engine? Prepare(MemoryWatchBuilder? builder = null, IServiceProvider? services = null)
    {
        lock (_lifecycle)
        {
            if (_isStarted || _isStopped)
            {
                return null;
            }

            var plugins = (builder ?? new MemoryWatchBuilder()).Build(services ?? NoServices.Instance);
            _engine.Start(plugins);
            _isStarted = true;
            return _engine;
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
