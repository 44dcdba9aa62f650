using System.Reflection;

namespace MemoryWatch.Tests.Support;

/// <summary>Pages of the documentation, for tests that compare them with the code.</summary>
internal static class Pages
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(
        typeof(Pages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!, "../.."));

    /// <summary>A page's lines.</summary>
    /// <param name="path">Below the folder of the solution.</param>
    public static string[] Read(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>A folder of the solution.</summary>
    /// <param name="path">Below the folder of the solution.</param>
    public static string Folder(string path) => Path.Combine(Root, path);
}
