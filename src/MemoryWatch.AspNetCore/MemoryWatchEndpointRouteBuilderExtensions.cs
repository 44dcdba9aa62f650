using System.Diagnostics.CodeAnalysis;
using MemoryWatch;
using MemoryWatch.AspNetCore.Page;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the memory page to the endpoints of an application.</summary>
/// <example>
/// <code>
/// app.MapMemoryWatch("/admin/memory").RequireAuthorization("Administrators");
/// </code>
/// </example>
public static class MemoryWatchEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the memory page, and JSON for scripts below it: what memory is doing, why, and what to change. Requires <c>AddMemoryWatch()</c>.
    /// </summary>
    /// <param name="endpoints">The endpoints, such as a <c>WebApplication</c>.</param>
    /// <param name="pattern">The address of the page; <c>/memory</c> by default.</param>
    /// <param name="configure">
    /// Changes settings of the page. The configuration section <c>MemoryWatch:Page</c> is applied later and takes precedence.
    /// </param>
    /// <returns>A builder for all endpoints of the page, with which you can, for example, require authorization.</returns>
    /// <remarks>
    /// The page is never open by mistake. It answers direct requests from the machine itself, requests that the application authorizes
    /// (<c>RequireAuthorization()</c>), and browsers in which the access key was entered. The key is random unless you set one, is kept beside the
    /// black box, and is written to the log with the address to open. All other requests get the status 404.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The services contain no memory watch.</exception>
    /// <exception cref="OptionsValidationException">A setting of the page is not allowed.</exception>
    public static IEndpointConventionBuilder MapMemoryWatch(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/memory", Action<MemoryPageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<IMemoryWatch>() is null)
        {
            throw new InvalidOperationException("MapMemoryWatch needs a memory watch. Add it with builder.Services.AddMemoryWatch().");
        }

        return MemoryPage.Map(endpoints, pattern, configure);
    }
}
