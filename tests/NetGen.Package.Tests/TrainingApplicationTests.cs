using System.Globalization;

namespace NetGen.Package.Tests;

/// <summary>An application with default settings takes the package, builds without a warning, trains, saves, loads and predicts, at the speed of the JIT.</summary>
public sealed class TrainingApplicationTests(TrainingApplication application, ITestOutputHelper log) : IClassFixture<TrainingApplication>
{
    private const int FewestTurns = 3, MostTurns = 16;

    /// <summary>One code path has the same bits whoever compiles it.</summary>
    [Theory]
    [InlineData("release")]
    [InlineData("trimmed")]
    [InlineData("ready-to-run")]
    public async Task ComputesWhatTheDebugBuildComputes(string variant)
    {
        string expected = await application.Run(Variant.Debug);
        CheckResult(expected);
        Assert.Equal(expected, await application.Run(Variant.Of(variant)));
    }

    /// <summary>Native code is compiled for one instruction set, which need not be the JIT's.</summary>
    [Theory]
    [InlineData("native")]
    [InlineData("native-here")]
    public async Task ComputesNativelyWhatTheDebugBuildComputes(string variant)
    {
        string output = await application.Run(Variant.Of(variant));
        CheckResult(output);
        double[] expected = Numbers(await application.Run(Variant.Debug), "before");
        Assert.All(Numbers(output, "before").Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Theory]
    [InlineData("debug", 1.5)]
    [InlineData("trimmed", 1.5)]
    [InlineData("ready-to-run", 1.5)]
    [InlineData("native-here", 2.0)]
    public async Task PredictsAsFastAsTheReleaseBuild(string variant, double most)
    {
        // Turn by turn, so that whatever else the machine does meets both; the least of each is what the code can do, which a busy machine shows after more turns.
        double ours = double.MaxValue, release = double.MaxValue;
        for (int turn = 0; turn < FewestTurns || (turn < MostTurns && ours > most * release); turn++)
        {
            release = Math.Min(release, Nanoseconds(await application.Run(Variant.Release, "time")));
            ours = Math.Min(ours, Nanoseconds(await application.Run(Variant.Of(variant), "time")));
        }

        double ratio = ours / release;
        log.WriteLine(FormattableString.Invariant($"{variant}: {ours:f0} ns, release: {release:f0} ns, ratio {ratio:f2}"));
        Assert.True(ratio <= most, FormattableString.Invariant($"{variant} takes {ratio:f2} times as long as release; at most {most} is allowed."));
    }

    private static double Nanoseconds(string output) => Assert.Single(Numbers(output, "predict_ns"));

    private static void CheckResult(string output)
    {
        Assert.Equal(Numbers(output, "after"), Numbers(output, "loaded"));
        double[] before = Numbers(output, "before"), after = Numbers(output, "after");
        Assert.Equal(6, before.Length);
        Assert.NotEqual(before, after);
        Assert.InRange(double.Parse(Line(output, "result")["accuracy=".Length..], CultureInfo.InvariantCulture), 0.95, 1);
    }

    private static double[] Numbers(string output, string name) =>
        [.. Line(output, name).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private static string Line(string output, string name) =>
        Assert.Single(output.ReplaceLineEndings("\n").Split('\n'), line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
}
