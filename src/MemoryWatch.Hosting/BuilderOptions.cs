using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting;

/// <summary>Applies the builder's settings to the options. The configuration is applied later and takes precedence.</summary>
internal sealed class BuilderOptions(HostedMemoryWatchBuilder builder) : IConfigureOptions<MemoryWatchOptions>
{
    public void Configure(MemoryWatchOptions options) => builder.Apply(options);
}
