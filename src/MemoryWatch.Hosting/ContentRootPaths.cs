using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting;

/// <summary>
/// Makes the black box's path relative to the content root, whatever set it, because a service's current folder is often unexpected. Runs after
/// <see cref="ConfigurationBinding"/>, and like it never throws.
/// </summary>
internal sealed class ContentRootPaths(IHostEnvironment? environment) : IPostConfigureOptions<MemoryWatchOptions>
{
    public void PostConfigure(string? name, MemoryWatchOptions options)
    {
        // A path that is not allowed stays unchanged, for the error message.
        if (options.BlackBox.Path is { Length: > 0 } path && environment?.ContentRootPath is { Length: > 0 } root
            && !path.Contains('\0', StringComparison.Ordinal))
        {
            options.BlackBox.Path = Path.Combine(root, path);
        }
    }
}
