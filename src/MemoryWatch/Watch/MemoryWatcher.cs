using System.Diagnostics.Metrics;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryWatch;

/// <summary>
/// The memory watch. Programs with a DI container get it from <c>AddMemoryWatch()</c> of MemoryWatch.Hosting; others
/// from <see cref="Start"/>, and dispose it at their end.
/// </summary>
public sealed class MemoryWatcher : IMemoryWatch, IDisposable
{
    /// <summary>The category of the watch's log lines: <c>MemoryWatch</c>.</summary>
    public const string LogCategory = "MemoryWatch";

    /// <summary>The name of the watch's meter, to be listened to: <c>MemoryWatch</c>.</summary>
    public const string MeterName = TelemetryNames.Meter;

    /// <summary>The name of the source of the watch's activities, one for each operation, to be listened to: <c>MemoryWatch</c>.</summary>
    public const string ActivitySourceName = TelemetryNames.ActivitySource;

    private static readonly TimeSpan PluginTimeLimit = TimeSpan.FromSeconds(1);

    private readonly object _lifecycle = new();
    private readonly Engine _engine;
    private readonly Dictionary<string, object?> _inForce;
    private bool _isStarted;
    private bool _isStopped;

    // What every call asks first, in one look: the settings say so, and it has not been stopped.
    private volatile bool _isOn;

    /// <summary>
    /// Makes a watch that has not started: operations are tracked and explicit snapshots taken, but nothing is read
    /// regularly until <see cref="StartWatching"/>. For hosts; programs without one use <see cref="Start"/>.
    /// </summary>
    /// <param name="options">The settings; copied, so later changes need <see cref="Update"/>.</param>
    /// <param name="loggerFactory">Where the watch writes; nowhere if absent.</param>
    /// <param name="timeProvider">The clock; the system's if absent.</param>
    /// <param name="meterFactory">Makes the meter <see cref="MeterName"/>; the watch makes one itself if absent.</param>
    /// <exception cref="OptionsValidationException">A setting is not allowed; the message names it, its value and what is.</exception>
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
        IMeterFactory? meters, TimeSpan pluginTimeLimit)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(MemoryWatchOptions.SectionName, typeof(MemoryWatchOptions), problems);
        }

        _engine = new(options.ToSettings(), options.ToBlackBoxSettings(), logger, time, reader, pacer, pluginTimeLimit, meters);
        _inForce = MemoryWatchSettings.Read(options);
        _isOn = options.Enabled;
    }

    /// <summary>A watch that does nothing: for code that takes one and runs without, such as unit tests.</summary>
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

    /// <summary>The watch's own meter, for tests to tell it from others of its name.</summary>
    internal Meter Meter => _engine.Meter;

    /// <summary>Makes a watch and starts it: the one call for programs with no DI container.</summary>
    /// <param name="build">Changes settings and plugs things in.</param>
    /// <param name="loggerFactory">Where the watch writes; nowhere if absent.</param>
    /// <returns>The watch; dispose it at the program's end.</returns>
    /// <exception cref="OptionsValidationException">A setting is not allowed; the message names it, its value and what is.</exception>
    /// <exception cref="InvalidOperationException">There are two metrics of one name or key.</exception>
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

    /// <summary>Starts reading regularly. Starting a watch that runs, or has stopped, does nothing.</summary>
    /// <param name="builder">What is plugged in; nothing if absent.</param>
    /// <param name="services">Where the builder's factories find services; there are none if absent.</param>
    /// <exception cref="InvalidOperationException">There are two metrics of one name or key.</exception>
    public void StartWatching(MemoryWatchBuilder? builder = null, IServiceProvider? services = null) => Prepare(builder, services)?.Run();

    /// <summary>Changes the settings of a watch that may be running. Plug-ins stay as they were.</summary>
    /// <param name="options">The new settings; copied.</param>
    /// <returns>
    /// Which settings changed and whether each is in force; one log line names them too. If a setting is not allowed, none is changed, and
    /// the result and the log say why.
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

    /// <summary>
    /// Stops the watch: nothing is read, printed or tracked any more. Operations in flight may still be ended. Waits at most
    /// two seconds for a reading under way, and three more for a black box whose disk hangs.
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

    /// <summary>Puts everything together without starting the thread; for tests that tick themselves.</summary>
    /// <returns>What ticks; nothing where the watch was started before, or has stopped.</returns>
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
