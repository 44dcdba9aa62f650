using MemoryWatch.AspNetCore;
using MemoryWatch.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.Tests.AspNetCore;

public sealed class RequestNameTests
{
    [Theory]
    [InlineData("GET", "/users/{id:int}", "GET /users/{id:int}")]
    [InlineData("get", "users/{id?}", "GET /users/{id?}")]
    [InlineData("DELETE", "", "DELETE /")]
    [InlineData("PROPFIND", "/files/{**path}", "_OTHER /files/{**path}")]
    public void It_is_method_and_template_as_written(string method, string template, string name) =>
        Of(method, RoutePatternFactory.Parse(template)).Should().Be(name);

    [Fact]
    public void A_long_template_keeps_its_end()
    {
        const string Tail = "/projects/{projectId}/members/{memberId}";
        var name = Of("GET", RoutePatternFactory.Parse("/api/v1/organizations/{organizationId}" + Tail));

        name.Should().StartWith("GET …").And.EndWith(Tail).And.HaveLength(64);
        Of("GET", RoutePatternFactory.Parse("/" + new string('a', 59))).Should().Be("GET /" + new string('a', 59));
    }

    [Fact]
    public void A_conventional_route_is_filled_in_with_what_the_action_requires()
    {
        var pattern = RoutePatternFactory.Parse(
            "{controller=Home}/{action=Index}/{id}/v{major}.json/{*rest}", null, null, new { controller = "Users", action = "Show", area = "" });

        Of("GET", pattern).Should().Be("GET /Users/Show/{id}/v{major}.json/{*rest}");
    }

    [Fact]
    public async Task Actions_of_one_conventional_route_have_names_of_their_own()
    {
        await using var web = await WebHarness.StartAsync(
            app => app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}"),
            services: services => services.AddControllers().AddApplicationPart(typeof(RequestNameTests).Assembly));

        await web.Client.GetStringAsync("/Orders/List");
        await web.Client.GetStringAsync("/orders/show/5");
        await web.Client.GetStringAsync("/orders/show/6");

        web.Watch.TotalsByName.Select(t => (t.Name, t.Count)).Should()
            .BeEquivalentTo([("GET /Orders/List/{id?}", 1L), ("GET /Orders/Show/{id?}", 2L)]);
    }

    private static string Of(string method, RoutePattern pattern)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.SetEndpoint(new RouteEndpoint(static _ => Task.CompletedTask, pattern, 0, null, null));
        return RequestName.Of(context);
    }
}

/// <summary>Found by the framework, so it stands alone and is public.</summary>
public sealed class OrdersController : ControllerBase
{
    public string List() => "all";

    public string Show(int id) => $"{id}";
}
