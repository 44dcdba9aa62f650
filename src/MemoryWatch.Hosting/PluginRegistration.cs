namespace MemoryWatch.Hosting;

/// <summary>Something to plug in once the host starts.</summary>
internal sealed record PluginRegistration(Action<IServiceProvider, MemoryWatchPlugins> Plug);
