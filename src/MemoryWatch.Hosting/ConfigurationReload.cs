using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace MemoryWatch.Hosting;

/// <summary>Notifies the options monitor when the configuration is reloaded; never if there is no configuration.</summary>
internal sealed class ConfigurationReload(IConfiguration? configuration) : IOptionsChangeTokenSource<MemoryWatchOptions>
{
    private static readonly CancellationChangeToken Never = new(CancellationToken.None);

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => configuration?.GetReloadToken() ?? Never;
}
