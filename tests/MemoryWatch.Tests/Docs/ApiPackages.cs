using System.Reflection;
using MemoryWatch.Testing;

namespace MemoryWatch.Tests.Docs;

/// <summary>The packages that have a page in the reference: the one place to add another.</summary>
internal static class ApiPackages
{
    public static IReadOnlyList<Assembly> All { get; } =
    [
        typeof(IMemoryWatch).Assembly, typeof(HostedMemoryWatchBuilder).Assembly, typeof(RequestTrackingOptions).Assembly, typeof(FakeMemoryWatch).Assembly,
    ];

    /// <summary>The public types of a package, by name.</summary>
    public static IReadOnlyList<Type> Types(Assembly package) => [.. package.GetExportedTypes().OrderBy(ApiName.Plain, StringComparer.Ordinal)];

    /// <summary>The name of the page of a package.</summary>
    public static string Page(Assembly package) => package.GetName().Name + ".md";
}
