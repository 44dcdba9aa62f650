using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting;

/// <summary>Starts the watch before the host's other services and stops it after them, so that it also covers their starts and stops.</summary>
internal sealed class MemoryWatchService(
    MemoryWatcher watcher,
    IOptionsMonitor<MemoryWatchOptions> options,
    HostedMemoryWatchBuilder builder,
    MisplacedSettings misplaced,
    IServiceProvider provider) : IHostedLifecycleService, IDisposable
{
    private IDisposable? _changes;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Here and not in a constructor, because a plug-in may itself be a service that uses the watch.
        watcher.StartWatching(builder, provider);
        if (watcher.IsEnabled)
        {
            misplaced.Log();
        }

        _changes = options.OnChange(changed => watcher.Update(changed));
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        watcher.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _changes?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
