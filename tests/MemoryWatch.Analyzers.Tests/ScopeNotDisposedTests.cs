using MemoryWatch.Analyzers.Tests.Support;

namespace MemoryWatch.Analyzers.Tests;

public sealed class ScopeNotDisposedTests
{
    [Theory]
    [InlineData("""[|watch.Track("Download")|];""")]
    [InlineData("""[|watch.Track("Download", id)|];""")]
    [InlineData("""[|watch.Track("Download", id, OperationVerbosity.Quiet)|];""")]
    [InlineData("""_ = [|watch.Track("Download")|];""")]
    [InlineData("""_ = flag ? [|watch.Track("Download")|] : OperationScope.None;""")]
    [InlineData("""IMemoryWatch? other = flag ? watch : null; other?[|.Track("Download")|];""")]
    [InlineData("""var scope = [|watch.Track("Download")|]; Work.Do();""")]
    [InlineData("""OperationScope scope; scope = [|watch.Track("Download")|]; scope.Charge(5);""")]
    [InlineData("""var scope = [|watch.Track("Download")|]; try { Work.Do(); } catch (Exception e) { scope.Fail(e); throw; }""")]
    [InlineData("""var scope = [|watch.Track("Download")|]; if (scope != null) { using (scope.Enter()) { Work.Do(); } }""")]
    [InlineData("""var scope = flag ? [|watch.Track("A")|] : [|watch.Track("B")|]; _ = scope.Id;""")]
    [InlineData("""var scope = [|watch.Track("Download")|]; var same = scope; same.SetBudget("20MB");""")]
    [InlineData("""[|watch.Track("Download")|].Fail("HTTP 503");""")]
    [InlineData("""using (watch.Track("A")) { using var entered = [|watch.Track("Download")|].Enter(); }""")]
    [InlineData("""var number = [|watch.Track("Download")|].Id; Console.WriteLine(number);""")]
    [InlineData("""Action start = () => [|watch.Track("Download")|]; start();""")]
    [InlineData("""void Start() => [|watch.Track("Download")|]; Start();""")]
    [InlineData("""for (var i = 0; i < 3; i++) { [|watch.Track("Download")|]; }""")]
    public Task A_scope_that_nothing_disposes_is_found(string statements) => Code.Finds("MW0001", Code.Body(statements));

    [Theory]
    [InlineData("""using var scope = watch.Track("Download"); Work.Do();""")]
    [InlineData("""using (watch.Track("Download")) { Work.Do(); }""")]
    [InlineData("""using (var scope = watch.Track("Download")) { scope.Charge(5); }""")]
    [InlineData("""using var scope = flag ? watch.Track("Download") : OperationScope.None;""")]
    [InlineData("""using var _ = watch.Track("Download");""")]
    [InlineData("""watch.Track("Download").Dispose();""")]
    [InlineData("""((IDisposable)watch.Track("Download")).Dispose();""")]
    [InlineData("""var scope = watch.Track("Download"); try { Work.Do(); } finally { scope.Dispose(); }""")]
    [InlineData("""var scope = watch.Track("Download"); if (flag) { scope?.Dispose(); }""")]
    [InlineData("""OperationScope? scope = null; if (flag) { scope = watch.Track("Download"); } scope?.Dispose();""")]
    [InlineData("""var scope = watch.Track("Download"); using (scope) { Work.Do(); }""")]
    [InlineData("""var scope = watch.Track("Download"); var same = scope; same.Dispose();""")]
    [InlineData("""var scope = watch.Track("Download"); Action end = () => scope.Dispose(); end();""")]
    [InlineData("""var scope = watch.Track("Download"); Action end = scope.Dispose; end();""")]
    [InlineData("""var scope = watch.Track("Download"); void End() { scope.Dispose(); } End();""")]
    [InlineData("""Work.Take(watch.Track("Download"));""")]
    [InlineData("""var scope = watch.Track("Download"); Work.Take(scope);""")]
    [InlineData("""var scopes = new List<OperationScope> { watch.Track("Download") }; Work.Take(scopes[0]);""")]
    [InlineData("""OperationScope[] scopes = [watch.Track("A"), watch.Track("B")]; Work.Take(scopes[0]);""")]
    [InlineData("""Func<OperationScope> start = () => watch.Track("Download"); start().Dispose();""")]
    [InlineData("""var (scope, number) = (watch.Track("Download"), 5); scope.Dispose(); Console.WriteLine(number);""")]
    [InlineData("""if (watch.Track("Download") is { } scope) { scope.Dispose(); }""")]
    [InlineData("""await watch.TrackAsync("Download", () => Work.RunAsync());""")]
    [InlineData("""watch.Fail("Download", id, new InvalidOperationException()); watch.Mark("Done"); watch.Snapshot("Done");""")]
    public Task A_scope_that_is_disposed_or_passed_on_is_not_found(string statements) => Code.FindsNothing(Code.Body(statements));

    [Theory]
    [InlineData("""OperationScope Start() => watch.Track("Download");""")]
    [InlineData("""OperationScope Start() { var scope = watch.Track("Download"); scope.Charge(5); return scope; }""")]
    [InlineData("""void Start(out OperationScope scope) => scope = watch.Track("Download");""")]
    [InlineData("""IEnumerable<OperationScope> Start() { yield return watch.Track("Download"); }""")]
    public Task A_scope_that_is_returned_is_not_found(string members) => Code.FindsNothing(Code.Members(members));

    [Fact]
    public Task The_method_of_an_own_watch_counts_like_that_of_the_interface() => Code.Finds("MW0001", Code.Members(
        """void Run(Own own) => [|own.Track("Download")|];""")
        + """
        abstract class Own : IMemoryWatch
        {
            public abstract MemorySnapshot Current { get; }
            public abstract IReadOnlyList<JournalEntry> RecentEntries { get; }
            public abstract IReadOnlyList<OperationInFlight> InFlight { get; }
            public abstract IReadOnlyList<OperationTotals> TotalsByName { get; }
            public abstract MemorySnapshot Snapshot(string name, OperationContext context = default);
            public abstract void Mark(string name, OperationContext context = default);
            public virtual OperationScope Track(string name, OperationContext context = default) => OperationScope.None;
        }
        """);

    [Theory]
    [InlineData("""NSubstitute.Calls.Received(watch).Track("Download");""")]
    [InlineData("""NSubstitute.Calls.Received(watch).Track($"Download {id}");""")]
    [InlineData("""NSubstitute.Calls.When(watch, w => w.Track("Download"));""")]
    [InlineData("""System.Linq.Expressions.Expression<Action<IMemoryWatch>> call = w => w.Track("Download", default);""")]
    public Task Calls_that_only_describe_what_a_test_expects_are_not_found(string statements) => Code.FindsNothing(
        Code.Members("void Run(string id) { " + statements + " }") + """
        namespace NSubstitute
        {
            static class Calls
            {
                public static T Received<T>(T substitute) => substitute;
                public static void When<T>(T substitute, Action<T> call) => call(substitute);
            }
        }
        """);

    [Fact]
    public Task The_watch_itself_counts_like_the_interface() => Code.Finds(
        "MW0001", Code.Members("""void Run(MemoryWatcher watcher) => [|watcher.Track("Download")|];"""));

    [Fact]
    public Task Other_methods_of_that_name_are_not_found() => Code.FindsNothing(Code.Members(
        """void Run(Mail mail, string id) { mail.Track("Parcel"); mail.Track($"Parcel {id}"); _ = mail.Track(id); }""")
        + """class Mail { public OperationScope Track(string name) => OperationScope.None; }""");

    [Fact]
    public Task Top_level_statements_are_searched() => Code.Finds(
        "MW0001",
        """
        // top-level
        using MemoryWatch;

        IMemoryWatch watch = MemoryWatcher.None;
        [|watch.Track("Download")|];
        """);

    [Fact]
    public async Task Generated_code_is_not_reported() =>
        (await Code.FindAsync(Code.Body("""watch.Track("Download " + id);"""), isGenerated: true)).Should().BeEmpty();

    [Fact]
    public async Task Code_without_MemoryWatch_is_not_analyzed() => (await Code.FindAsync(
        """
        class OperationScope { public OperationScope Enter() => this; }
        class Own { public OperationScope Track(string name) => new(); void Run(int id) => Track($"Download {id}"); }
        """,
        withLibrary: false)).Should().BeEmpty();
}
