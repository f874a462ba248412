using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Tests;

public sealed class BuildPropertiesTests
{
    private const string Net = "using NetGen; [Network, Input(3), Dense(2)] public partial class Net;";

    [Theory]
    [InlineData("true", false)]
    [InlineData("True", false)]
    [InlineData("false", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public void ReadyToRunLeavesAggressiveOptimizationOff(string? value, bool aggressive)
    {
        CSharpGeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], optionsProvider: new Options(value));
        GeneratorRunResult result = Assert.Single(driver.RunGenerators(TestSource.Compile(Net)).GetRunResult().Results);
        string kernels = Assert.Single(result.GeneratedSources, s => s.HintName == "Net.Kernels.g.cs").SourceText.ToString();
        Assert.Equal(aggressive, kernels.Contains("AggressiveOptimization", StringComparison.Ordinal));
    }

    [Fact]
    public void AnotherPropertyCompilesNothingAgain()
    {
        CSharpCompilation compilation = TestSource.Compile(Net);
        GeneratorDriverOptions tracked = new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], optionsProvider: new Options(null), driverOptions: tracked);
        driver = driver.RunGenerators(compilation).WithUpdatedAnalyzerConfigOptions(new Options("false")).RunGenerators(compilation);
        GeneratorRunResult result = Assert.Single(driver.GetRunResult().Results);
        Assert.All(
            result.TrackedSteps[NetworkGenerator.Kernels].SelectMany(step => step.Outputs),
            output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, output.Reason.ToString()));
    }

    private sealed class Options(string? readyToRun) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(readyToRun);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => this.GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => this.GlobalOptions;
    }

    private sealed class Properties(string? readyToRun) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = readyToRun ?? "";
            return readyToRun is not null && key == "build_property.PublishReadyToRun";
        }
    }
}
