using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>The programs that the pages of the repository show.</summary>
public static partial class Pages
{
    /// <summary>The blocks of C# of a page, in their order.</summary>
    public static IReadOnlyList<string> Programs(string page) =>
        [.. CodeBlock().Matches(File.ReadAllText(Path.Combine(Feed.Root, page))).Select(m => m.Groups[1].Value)];

    /// <summary>A web program runs until it is stopped: here it asks itself, prints the answers, and stops.</summary>
    public static string AskAndStop(string program, params string[] paths) => program.Replace(
        "app.Run();",
        $$"""
        await app.StartAsync();
        using (var client = new HttpClient())
        {
            foreach (var path in new[] { {{string.Join(", ", paths.Select(path => $"\"{path}\""))}} })
            {
                var answer = await client.GetAsync(app.Urls.First() + path);
                Console.WriteLine($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }
        await app.StopAsync();
        """,
        StringComparison.Ordinal);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
