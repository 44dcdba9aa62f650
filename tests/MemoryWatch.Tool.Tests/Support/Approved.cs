using System.Reflection;

namespace MemoryWatch.Tool.Tests.Support;

/// <summary>Texts that change only on purpose: with MEMORYWATCH_APPROVE=1 they are written anew.</summary>
internal static class Approved
{
    public static string ProjectFolder { get; } =
        typeof(Approved).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(ProjectFolder, "../.."));

    public static bool IsWriting => Environment.GetEnvironmentVariable("MEMORYWATCH_APPROVE") == "1";

    public static void Matches(string name, string text)
    {
        var path = Path.Combine(ProjectFolder, "Approved", name);
        if (IsWriting)
        {
            File.WriteAllText(path, text);
        }

        text.Should().Be(File.ReadAllText(path));
    }
}
