using MemoryWatch.Analyzers.Tests.Support;
using Microsoft.CodeAnalysis;

namespace MemoryWatch.Analyzers.Tests;

public sealed class NameNotConstantTests
{
    [Theory]
    [InlineData("""[|$"Download {id}"|]""")]
    [InlineData("""[|$"Download {size:N0} of {id}"|]""")]
    [InlineData("""[|$"Download {new User().Id}"|]""")]
    [InlineData("""[|"Download " + id|]""")]
    [InlineData("""[|"Download " + size + " bytes"|]""")]
    [InlineData("""[|string.Format("Download {0}", id)|]""")]
    [InlineData("""[|string.Concat("Download ", id)|]""")]
    [InlineData("""[|string.Join(" ", "Download", id)|]""")]
    [InlineData("""[|size.ToString()|]""")]
    [InlineData("""[|$"Download {id}".ToUpperInvariant()|]""")]
    [InlineData("""[|flag ? "Download" : $"Download {id}"|]""")]
    [InlineData("""[|flag switch { true => "Download", _ => "Download " + id }|]""")]
    [InlineData("""[|local|]""")]
    [InlineData("""[|appended|]""")]
    public Task Text_that_is_put_together_is_found(string name) => Code.Finds("MW0004", Code.Body(
        $$"""
        var local = $"Download {id}"; var appended = "Download"; appended += id; Console.WriteLine(local + appended);
        using var scope = watch.Track({{name}}, id);
        """));

    [Theory]
    [InlineData("""using var scope = watch.Track([|$"A {id}"|]);""")]
    [InlineData("""using var scope = watch.Track([|$"A {id}"|], id, OperationVerbosity.Quiet);""")]
    [InlineData("""using var scope = watch.Track(context: id, name: [|$"A {id}"|]);""")]
    [InlineData("""watch.Track([|$"A {id}"|], id, () => 5);""")]
    [InlineData("""await watch.TrackAsync([|$"A {id}"|], () => Work.RunAsync());""")]
    [InlineData("""await watch.TrackAsync([|$"A {id}"|], id, scope => Work.RunAsync());""")]
    [InlineData("""await watch.TrackValueAsync([|$"A {id}"|], id, scope => new ValueTask<int>(5));""")]
    [InlineData("""await foreach (var row in watch.TrackAsync([|$"A {id}"|], id, Work.Rows())) { }""")]
    [InlineData("""watch.Fail([|$"A {id}"|], id, new InvalidOperationException());""")]
    [InlineData("""MemoryWatchExtensions.Fail(watch, [|$"A {id}"|], id, new InvalidOperationException());""")]
    public Task Every_method_that_starts_an_operation_counts(string statements) => Code.Finds("MW0004", Code.Body(statements));

    [Theory]
    [InlineData("""
        "Download"
        """)]
    [InlineData("nameof(Service)")]
    [InlineData("Constant")]
    [InlineData("Static")]
    [InlineData("""flag ? "Download" : Static""")]
    [InlineData("""flag switch { true => "Download", false => Constant }""")]
    [InlineData("""$"Down{"load"}" """)]
    [InlineData("""$"{Constant} {nameof(Service)}" """)]
    [InlineData("""$"Import {Kind.Small}" """)]
    [InlineData("""$"Import {(size > 5 ? Kind.Small : Kind.Large)}" """)]
    [InlineData("""(size > 5 ? Kind.Small : Kind.Large).ToString()""")]
    [InlineData("""Constant + " " + Static""")]
    [InlineData("typeof(Service).Name")]
    [InlineData("GetType().Name")]
    [InlineData("""$"Handle {typeof(Service).Name}" """)]
    [InlineData("local")]
    [InlineData("Constant.ToUpperInvariant()")]
    [InlineData("Names.Download")]
    [InlineData("""$"Import {(size > 5 ? Kind.Small : default(Kind?))}" """)]
    [InlineData("""$"Import {(flag ? "all" : "one")}" """)]
    public Task Names_from_a_small_set_are_not_found(string name) => Code.FindsNothing(Code.Members(
        $$"""
        const string Constant = "Download";
        static readonly string Static = Work.Text();
        void Run(bool flag, int size)
        {
            var local = "A"; if (flag) { local = Static; } Console.WriteLine(local);
            using var scope = watch.Track({{name}}, $"{size} bytes");
        }
        """) + """static class Names { public static string Download => "Download"; }""");

    [Theory]
    [InlineData("""OperationScope Start(string name, int id) => watch.Track(name, $"User {id}");""")]
    [InlineData("""OperationScope Start([System.Runtime.CompilerServices.CallerMemberName] string name = "") => watch.Track(name);""")]
    [InlineData("""OperationScope Start(string? name) => watch.Track(name ?? "Download");""")]
    [InlineData("""OperationScope Start(string name) { var same = name; return watch.Track(same); }""")]
    [InlineData("""readonly string _name = Work.Text(); OperationScope Start() => watch.Track(_name);""")]
    [InlineData("""string Name { get; set; } = ""; OperationScope Start() => watch.Track(Name);""")]
    public Task A_wrapper_that_passes_a_name_on_is_not_found(string members) => Code.FindsNothing(Code.Members(members));

    [Theory]
    [InlineData("""OperationScope Start(User user) => watch.Track([|user.Name|]);""")]
    [InlineData("""OperationScope Start() => watch.Track([|Work.Text()|]);""")]
    [InlineData("""IEnumerable<OperationScope> Start(string[] names) => names.Select(n => watch.Track([|n|]));""")]
    [InlineData("""void Start(string[] names) { foreach (var name in names) { using var scope = watch.Track([|name|]); } }""")]
    public Task A_name_that_the_code_does_not_show_is_only_mentioned(string members) =>
        Code.Finds("MW0004", Code.Members(members), DiagnosticSeverity.Info);

    [Fact]
    public Task Contexts_marks_and_snapshots_may_vary() => Code.FindsNothing(Code.Body(
        """using var scope = watch.Track("Download", $"User {id}"); watch.Mark($"Done {id}"); watch.Snapshot($"Done {id}");"""));
}
