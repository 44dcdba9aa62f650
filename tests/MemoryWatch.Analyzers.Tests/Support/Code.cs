using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace MemoryWatch.Analyzers.Tests.Support;

/// <summary>Compiles code against the library and analyzes it. What a rule has to find is marked in the code: <c>[|so|]</c>.</summary>
internal static partial class Code
{
    private static readonly ImmutableArray<MetadataReference> Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Select(p => MetadataReference.CreateFromFile(p))];

    private static readonly MetadataReference Library = MetadataReference.CreateFromFile(typeof(IMemoryWatch).Assembly.Location);

    /// <summary>A class that has a watch and these members.</summary>
    public static string Members(string members) => Usings + "class Service(IMemoryWatch watch)\n{\n" + members + "\n}\n" + Helpers;

    /// <summary>A method with these statements in a class that has a watch.</summary>
    public static string Body(string statements) => Members(
        "    public async Task Run(string id, int size, bool flag)\n    {\n        await Task.Yield();\n        "
        + statements.Replace("\n", "\n        ", StringComparison.Ordinal) + "\n    }");

    public static async Task Finds(string id, string marked, DiagnosticSeverity severity = DiagnosticSeverity.Warning)
    {
        var (code, places) = Unmarked(marked);
        var found = await FindAsync(code);
        found.Select(d => (d.Id, code.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length), d.Location.SourceSpan, d.Severity))
            .Should().BeEquivalentTo(places.Select(p => (id, code.Substring(p.Start, p.Length), p, severity)));
    }

    public static async Task FindsNothing(string code) => (await FindAsync(code)).Should().BeEmpty();

    public static async Task<ImmutableArray<Diagnostic>> FindAsync(string code, bool isGenerated = false, bool withLibrary = true)
    {
        using var workspace = new AdhocWorkspace();
        return await FindAsync(DocumentOf(workspace, code, isGenerated, withLibrary));
    }

    /// <summary>Applies the fix to the first finding that it can fix, until there is none.</summary>
    public static async Task Fixes(CodeFixProvider fix, string before, string after) => (await FixedAsync(fix, before)).Should().Be(after);

    public static async Task HasNoFix(CodeFixProvider fix, string code) => (await FixedAsync(fix, code)).Should().Be(code);

    private static async Task<string> FixedAsync(CodeFixProvider fix, string code)
    {
        using var workspace = new AdhocWorkspace();
        var document = DocumentOf(workspace, code);
        for (var i = 0; i < 10; i++)
        {
            CodeAction? action = null;
            foreach (var diagnostic in (await FindAsync(document)).Where(d => fix.FixableDiagnosticIds.Contains(d.Id)))
            {
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (a, _) => action ??= a, CancellationToken.None));
            }

            if (action is null)
            {
                return (await document.GetTextAsync()).ToString();
            }

            var operations = await action.GetOperationsAsync(CancellationToken.None);
            document = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        }

        throw new InvalidOperationException("The fix does not end what it fixes.");
    }

    private static Document DocumentOf(AdhocWorkspace workspace, string code, bool isGenerated = false, bool withLibrary = true)
    {
        var kind = code.Contains("// top-level", StringComparison.Ordinal) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return workspace.AddProject("Tested", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest))
            .AddMetadataReferences(withLibrary ? Platform.Add(Library) : Platform)
            .AddDocument(isGenerated ? "Tested.g.cs" : "Tested.cs", SourceText.From(code));
    }

    private static async Task<ImmutableArray<Diagnostic>> FindAsync(Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Should().BeEmpty("the code must compile");
        var analyzers = typeof(ScopeUseAnalyzer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!);
        var found = await compilation.WithAnalyzers([.. analyzers]).GetAllDiagnosticsAsync();
        found.Should().NotContain(d => d.Id.StartsWith("AD", StringComparison.Ordinal), "no analyzer throws");
        return [.. found.Where(d => d.Id.StartsWith("MW", StringComparison.Ordinal)).OrderBy(d => d.Location.SourceSpan.Start)];
    }

    private static (string Code, List<TextSpan> Places) Unmarked(string marked)
    {
        var places = new List<TextSpan>();
        var code = marked;
        while (Mark().Match(code) is { Success: true } mark)
        {
            places.Add(new TextSpan(mark.Index, mark.Groups[1].Length));
            code = code[..mark.Index] + mark.Groups[1].Value + code[(mark.Index + mark.Length)..];
        }

        return (code, places);
    }

    [GeneratedRegex(@"\[\|(.*?)\|\]", RegexOptions.Singleline)]
    private static partial Regex Mark();

    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using MemoryWatch;


        """;

    private const string Helpers =
        """

        enum Kind { Small, Large }

        class User { public string Name { get; set; } = ""; public int Id { get; set; } }

        class Job { public OperationScope? Scope { get; set; } }

        static class Work
        {
            public static void Do() { }
            public static void Take(OperationScope scope) { }
            public static string Text() => "";
            public static Task<int> RunAsync() => Task.FromResult(1);
            public static async IAsyncEnumerable<int> Rows() { await Task.Yield(); yield return 1; }
        }

        """;
}
