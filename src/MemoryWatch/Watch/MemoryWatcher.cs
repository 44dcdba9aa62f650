using System.Diagnostics.Metrics;
using MemoryWatch.BlackBox.Record;
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
    private readonly MemoryWatchPlugins _plugins;
    private readonly BlackBoxSettings _blackBox;
    private readonly WatchCore _core;
    private volatile WatchRun? _run;
    private bool _stopped;

    // What every call asks first, in one look: the settings say so, and it has not been stopped.
    private volatile bool _isOn;

    /// <summary>
    /// Makes a watch that has not started: operations are tracked and explicit snapshots taken, but nothing is read
    /// regularly until <see cref="StartWatching"/>.
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

        _plugins = options.Plugins;
        _blackBox = options.ToBlackBoxSettings();
        _core = new(options.ToSettings(), logger, time, reader, pacer, pluginTimeLimit, meters);
        _isOn = options.Enabled;
    }

    /// <inheritdoc/>
    public bool IsEnabled => _isOn;

    /// <inheritdoc/>
    public MemorySnapshot Current => _core.Latest.Value;

    /// <inheritdoc/>
    public MemoryZone Zone => _core.Zone.Zone;

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> RecentEntries => _core.Journal.Last();

    /// <inheritdoc/>
    public IReadOnlyList<OperationInFlight> InFlight => _core.Operations.InFlight;

    /// <inheritdoc/>
    public IReadOnlyList<OperationTotals> Operations => _core.Operations.Totals;

    /// <inheritdoc/>
    public PreviousRun? PreviousRun => _run?.Previous;

    /// <summary>The watch's own meter, for tests to tell it from others of its name.</summary>
    internal Meter Meter => _core.Meter.Meter;

    /// <summary>Makes a watch and starts it: the one line for programs with no DI container.</summary>
    /// <param name="configure">Changes settings and adds plug-ins.</param>
    /// <param name="loggerFactory">Where the watch writes; nowhere if absent.</param>
    /// <returns>The watch; dispose it at the program's end.</returns>
    /// <exception cref="OptionsValidationException">A setting is not allowed; the message names it, its value and what is.</exception>
    /// <exception cref="InvalidOperationException">There are too many metrics, or two of one name.</exception>
    public static MemoryWatcher Start(Action<MemoryWatchOptions>? configure = null, ILoggerFactory? loggerFactory = null)
    {
        var options = new MemoryWatchOptions();
        configure?.Invoke(options);
        var watcher = new MemoryWatcher(options, loggerFactory);
        try
        {
            watcher.StartWatching();
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    /// <summary>Starts reading regularly. Starting a watch that runs, or has stopped, does nothing.</summary>
    /// <param name="plugins">What is plugged in behind the options' own; nothing if absent.</param>
    /// <exception cref="InvalidOperationException">There are too many metrics, or two of one name.</exception>
    public void StartWatching(MemoryWatchPlugins? plugins = null) => Prepare(plugins)?.Start();

    /// <summary>Changes the settings of a watch that may be running. Plug-ins stay as they were.</summary>
    /// <param name="options">The new settings; copied. If one is not allowed, none is changed and the log says which.</param>
    /// <returns>Whether they were changed.</returns>
    public bool Update(MemoryWatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            WatchLog.SettingsRefused(_core.Logger, string.Join(' ', problems));
            return false;
        }

        var settings = options.ToSettings();
        if (settings != _core.Settings)
        {
            Use(settings);
            WatchLog.SettingsChanged(_core.Logger);
            _core.Pacer.Wake();
        }

        return true;
    }

    /// <inheritdoc/>
    public MemorySnapshot Snapshot(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_isOn)
        {
            return default;
        }

        var snapshot = _core.Sampler.Take(SafeText.Name(name), context.ToSafe());
        _core.Operations.Snapshot(snapshot.Operation, snapshot.Context, snapshot.Process.ResidentBytes);
        _core.Hub.Tell(snapshot);
        return snapshot;
    }

    /// <inheritdoc/>
    public void Mark(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_isOn)
        {
            _core.Operations.Mark(name, context);
        }
    }

    /// <inheritdoc/>
    public OperationScope Track(string name, OperationContext context = default) => Track(name, context, OperationVerbosity.Normal);

    /// <inheritdoc/>
    public OperationScope Track(string name, OperationContext context, OperationVerbosity verbosity)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _isOn ? _core.Operations.Start(name, context, verbosity) : OperationScope.None;
    }

    /// <summary>
    /// Stops the watch: nothing is read, printed or tracked any more. Operations in flight may still be ended. Waits at most
    /// two seconds for a reading under way, and three more for a black box whose disk hangs.
    /// </summary>
    public void Dispose()
    {
        lock (_lifecycle)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            _isOn = false;
            if (_run is not null)
            {
                _run.Stop();
                WatchLog.Stopped(_core.Logger);
            }

            _core.Dispose();
        }
    }

    /// <summary>Puts the run together without starting its thread; for tests that tick themselves.</summary>
    /// <returns>The run; nothing where there was one, or the watch has stopped.</returns>
    internal WatchRun? Prepare(MemoryWatchPlugins? plugins = null)
    {
        lock (_lifecycle)
        {
            if (_run is not null || _stopped)
            {
                return null;
            }

            _run = new(_core, _plugins.With(plugins));
            if (_core.Settings.Enabled)
            {
                StartReport.Write(_core.Logger, _core.Latest.Value, _core.Settings);
                _run.StartRecording(_blackBox);
            }

            return _run;
        }
    }

    private void Use(WatchSettings settings)
    {
        lock (_lifecycle)
        {
            _core.Settings = settings;
            _isOn = settings.Enabled && !_stopped;
        }
    }
}
