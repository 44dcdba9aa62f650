using MemoryWatch;
using MemoryWatch.AspNetCore;

namespace Microsoft.AspNetCore.RateLimiting;

/// <summary>Adds memory headroom to the policies of ASP.NET Core's rate limiting.</summary>
/// <example>
/// <code>
/// using Microsoft.AspNetCore.RateLimiting;
///
/// builder.Services.AddMemoryWatch().AddHeadroomLimiter();
/// builder.Services.AddRateLimiter(options => options.AddMemoryHeadroom("memory"));
///
/// app.UseRateLimiter();
/// app.MapPost("/convert", () => "Done").RequireRateLimiting("memory");
/// </code>
/// </example>
public static class MemoryHeadroomRateLimiterOptionsExtensions
{
    /// <summary>
    /// Adds a policy that gives each request a lease of a <see cref="MemoryHeadroomLimiter"/> until its answer has been sent. A request that gets
    /// none is answered with 503 and, unless it can never fit, <c>Retry-After</c>. Requires <c>AddMemoryWatch().AddHeadroomLimiter()</c>.
    /// </summary>
    /// <param name="options">The options of <c>AddRateLimiter</c>.</param>
    /// <param name="policyName">Name of the policy, for <c>RequireRateLimiting</c>.</param>
    /// <param name="megabytes">
    /// What each request needs at most, in MB; 1 or more. If <see langword="null"/>, the default, it is what requests of the same method and route
    /// usually need, which is known if they are tracked (<c>UseMemoryWatchRequests</c>);
    /// see <see cref="MemoryHeadroomLimiter.AcquireForAsync"/>.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="megabytes"/> is less than 1.</exception>
    public static RateLimiterOptions AddMemoryHeadroom(this RateLimiterOptions options, string policyName, int? megabytes = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (megabytes is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(megabytes));
        }

        return options.AddPolicy(policyName, new HeadroomPolicy(megabytes));
    }
}
