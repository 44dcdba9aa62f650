using MemoryWatch.Analyzers.CodeFixes;
using MemoryWatch.Analyzers.Tests.Support;

namespace MemoryWatch.Analyzers.Tests.Fixes;

public sealed class UsingFixTests
{
    [Theory]
    [InlineData("""watch.Track("Download");""", """using var scope = watch.Track("Download");""")]
    [InlineData("""_ = watch.Track("Download", id);""", """using var scope = watch.Track("Download", id);""")]
    [InlineData("""var started = watch.Track("Download");""", """using var started = watch.Track("Download");""")]
    [InlineData("""OperationScope started = watch.Track("Download");""", """using OperationScope started = watch.Track("Download");""")]
    [InlineData(
        """
        // Counts as one.
        watch.Track("A"); // both
        watch.Track("B");
        """,
        """
        // Counts as one.
        using var scope = watch.Track("A"); // both
        using var scope2 = watch.Track("B");
        """)]
    [InlineData(
        """using var job = watch.Track("Job"); job.Enter();""",
        """using var job = watch.Track("Job"); using var entered = job.Enter();""")]
    public Task A_scope_that_is_not_disposed_gets_a_using(string before, string after) =>
        Code.Fixes(new UsingFix(), Code.Body(before), Code.Body(after));

    [Fact]
    public Task A_top_level_statement_gets_a_using() => Code.Fixes(
        new UsingFix(),
        """
        // top-level
        using MemoryWatch;

        IMemoryWatch watch = MemoryWatcher.None;
        watch.Track("Download");
        """,
        """
        // top-level
        using MemoryWatch;

        IMemoryWatch watch = MemoryWatcher.None;
        using var scope = watch.Track("Download");
        """);

    [Theory]
    [InlineData("""if (flag) watch.Track("Download");""")]
    [InlineData("""switch (size) { case 1: watch.Track("Download"); break; }""")]
    [InlineData("""watch.Track("Download").Fail("HTTP 503");""")]
    [InlineData("""var scope = watch.Track("A"); scope = watch.Track("B");""")]
    [InlineData("""Action start = () => watch.Track("Download"); start();""")]
    [InlineData("""OperationScope a = watch.Track("A"), b = watch.Track("B");""")]
    public Task Where_a_using_cannot_stand_there_is_no_fix(string statements) => Code.HasNoFix(new UsingFix(), Code.Body(statements));

    [Fact]
    public Task In_an_iterator_there_is_no_fix_because_a_using_is_wrong_there() => Code.HasNoFix(
        new UsingFix(), Code.Members("""IEnumerable<int> Rows() { watch.Track("Export"); yield return 1; }"""));
}
