using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.Hosting;

/// <summary>
/// Requires that plugged-in services are singletons. The container itself would return a scoped service from the root if scope validation is off,
/// and a transient service always: an unshared instance, whose numbers belong to nothing else.
/// </summary>
internal static class ServiceLifetimes
{
    /// <exception cref="InvalidOperationException">The service is not registered, or not as a singleton.</exception>
    public static void RequireSingleton(IServiceCollection services, Type type, string what)
    {
        var problem = Require(services, type, what) switch
        {
            ServiceLifetime.Singleton => null,
            ServiceLifetime.Scoped => "is registered as scoped, and the watch has no scope to take it from. Register it as a singleton",
            _ => "is registered as transient, so the watch would get a separate instance. Register it as a singleton",
        };
        if (problem is not null)
        {
            throw Problem(type, what, problem);
        }
    }

    /// <returns>The lifetime of the service.</returns>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    public static ServiceLifetime Require(IServiceCollection services, Type type, string what)
    {
        var descriptor = services.LastOrDefault(d => d.ServiceType == type)
            ?? services.LastOrDefault(d => type.IsGenericType && d.ServiceType == type.GetGenericTypeDefinition());
        return descriptor?.Lifetime ?? throw Problem(type, what, $"is not registered. Add it with services.AddSingleton<{type.Name}>()");
    }

    private static InvalidOperationException Problem(Type type, string what, string problem) =>
        new($"{what} of the memory watch needs the service {type.FullName}, which {problem}.");
}
