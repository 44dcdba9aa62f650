using MemoryWatch.AspNetCore.Page;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryWatch.AspNetCore.Tests.Access;

/// <summary>The settings of the page, in code and in configuration.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Configuration_overrides_code()
    {
        await using var host = await PageHost.StartAsync(
            o => (o.AccessKey, o.ShowContext) = (PageHost.Key, true), Demo.Watch(),
            configuration: new() { ["MemoryWatch:Page:AccessKey"] = "the-key-of-the-operator", ["MemoryWatch:Page:ShowContext"] = "false" });

        (await host.EnterAsync(PageHost.Key)).Response.StatusCode.Should().Be(404);
        var cookie = await host.CookieAsync("the-key-of-the-operator");
        (await PageHost.TextAsync(await host.SendAsync("/memory/operations", request: r => r.Headers.Cookie = cookie))).Should().NotContain("User 5");
    }

    [Theory]
    [InlineData("AccessKey", "short", "MemoryWatch:Page:AccessKey has 5 characters; it must have at least 12, because anyone may try to guess it.")]
    [InlineData("ShowContext", "maybe", "MemoryWatch:Page:ShowContext is 'maybe'; it must be true or false.")]
    [InlineData("AcessKey", "a-key-of-some-length", "MemoryWatch:Page:AcessKey is not a setting. There are: AccessKey, ShowContext, AllowLoopback.")]
    public async Task What_is_not_allowed_stops_the_start(string name, string value, string problem) =>
        (await FluentActions.Awaiting(() => PageHost.StartAsync(_ => { }, configuration: new() { [$"{PageSettings.Section}:{name}"] = value }))
            .Should().ThrowAsync<OptionsValidationException>()).Which.Message.Should().Be(problem);

    [Fact]
    public async Task The_watch_leaves_the_pages_section_alone()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["MemoryWatch:Page:AccessKey"] = PageHost.Key;
        builder.Services.AddMemoryWatch();
        await using var app = builder.Build();

        app.Services.GetRequiredService<IOptions<MemoryWatchOptions>>().Value.Validate().Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_watch_the_mapping_says_what_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        app.Invoking(a => a.MapMemoryWatch()).Should().Throw<InvalidOperationException>().WithMessage("*AddMemoryWatch()*");
    }
}
