using System.Globalization;

namespace NetGen.Package.Tests;

/// <summary>Models go out of one project and, at build time, into another.</summary>
public sealed class ModelTests(PackedPackage package)
{
    private const string Print =
        """
        float[] x = [.. Enumerable.Range(0, 9 * 7 * 2).Select(i => MathF.Sin(0.37f * i))];
        float[] y = new float[5];
        model.Predict(x, y);
        Console.WriteLine(string.Join(' ', y.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture))));

        """;

    private const string Exports =
        $"""
        using NetGen;

        Exported model = new(seed: 5);
        model.ExportOnnx(args[0]);
        {Print}
        [Network]
        [Input(9, 7, 2), Conv2D(6, 3, Padding = Padding.Same), BatchNormalization, ReLU, MaxPooling2D(2)]
        [Flatten, Dense(5, Activation = Activation.Softmax)]
        public partial class Exported;
        """;

    private const string Imports =
        $"""
        using app;

        Brought model = Brought.Load(Path.Combine(AppContext.BaseDirectory, "model.safetensors"));
        {Print}
        """;

    [Fact]
    public async Task WhatANativeProgramExportsIsBroughtInByABuild()
    {
        using Consumer exporter = Consumer.FromText(package, Exports, "NetGen.Onnx");
        using Consumer importer = Consumer.FromModel(package, Imports, """<NetGenModel Include="model.onnx" ClassName="Brought" />""");
        string model = importer.PathOf("model.onnx");
        await exporter.Make("native", Consumer.Publish("PublishAot=true"));
        float[] expected = Numbers(await exporter.Run("native", model));
        Assert.Equal(1, expected.Sum(), 1e-5f);

        await importer.Make("debug", "build");
        float[] found = Numbers(await importer.Run("debug"));
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        string[] made = [.. new[] { "model.cs", "model.safetensors" }.Select(name => importer.PathOf("obj", "Debug", "net10.0", "netgen", name))];
        DateTime[] before = [.. made.Select(File.GetLastWriteTimeUtc)];
        await importer.Make("debug", "build");
        Assert.Equal(before, made.Select(File.GetLastWriteTimeUtc));

        await File.WriteAllBytesAsync(model, (await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken))[..200], TestContext.Current.CancellationToken);
        (int exitCode, string output) = await importer.TryMake("debug", "build");
        Assert.NotEqual(0, exitCode);
        Assert.Contains(output.Split('\n'), line => line.Contains("error", StringComparison.Ordinal) && line.Contains("model.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AModelThatIsMissingFailsTheBuildOnItsName()
    {
        using Consumer consumer = Consumer.FromModel(package, "Console.WriteLine();", """<NetGenModel Include="nowhere.onnx" />""");
        (int exitCode, string output) = await consumer.TryMake("debug", "build");
        Assert.NotEqual(0, exitCode);
        Assert.Matches(@"nowhere\.onnx.* error NGM001: .*nowhere\.onnx", output);
    }

    [Fact]
    public async Task ModelsOfOneFileNameFailTheBuild()
    {
        using Consumer consumer = Consumer.FromModel(package, "Console.WriteLine();", """<NetGenModel Include="first/model.onnx" /><NetGenModel Include="second/model.onnx" />""");
        (int exitCode, string output) = await consumer.TryMake("debug", "build");
        Assert.NotEqual(0, exitCode);
        Assert.Matches(@"error NGM002: .*first/model\.onnx;second/model\.onnx", output);
    }

    [Fact]
    public async Task TheToolIsInstalledAndTellsWhatAFileHolds()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-tool-");
        try
        {
            byte[] header = """{"head/kernel":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}"""u8.ToArray();
            string file = Path.Combine(folder.FullName, "weights.safetensors");
            await File.WriteAllBytesAsync(file, [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[24]], TestContext.Current.CancellationToken);
            await Command.Run(
                folder.FullName, "dotnet", "tool", "install", "NetGen.Tool", "--tool-path", folder.FullName, "--add-source", package.Feed, "--version", package.Version);
            string output = await Command.Run(folder.FullName, Path.Combine(folder.FullName, "dotnet-netgen"), "inspect", file);
            string line = Assert.Single(output.Split('\n'), text => text.Contains("head/kernel", StringComparison.Ordinal));
            Assert.Matches(@"2\D+3\b", line);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static float[] Numbers(string output) => [.. output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
}
