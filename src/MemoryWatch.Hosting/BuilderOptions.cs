using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting;

/// <summary>Changes the options as the builder was told to; the configuration comes after it, and has the last word.</summary>
internal sealed class BuilderOptions(HostedMemoryWatchBuilder builder) : IConfigureOptions<MemoryWatchOptions>
{
    public void Configure(MemoryWatchOptions options) => builder.Apply(options);
}
