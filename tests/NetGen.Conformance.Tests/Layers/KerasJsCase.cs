using System.Text.Json;
using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests.Layers;

/// <summary>One case of keras-js, whose expected values Keras 2 computed and wrote in six decimals. Arrays have no batch.</summary>
internal sealed class KerasJsCase(KerasValue value)
{
    public const string File = "keras-js/keras_js_cases.json";

    private static readonly Lazy<JsonDocument> s_document = new(() => JsonDocument.Parse(System.IO.File.ReadAllBytes(Path())));

    public string Name => value["name"].AsString();

    /// <summary>The layer or function, or the kind of network: <c>convolutional.Conv2D.3</c> is <c>Conv2D</c>, <c>graph_02</c> is <c>graph</c>.</summary>
    public string Class => Name.Split('.') is [_, string name, ..] ? name : Name.Split('_')[0];

    public string Description => value.TryGet("description", out KerasValue text) && !text.IsNull ? text.AsString() : "";

    /// <summary>The layer's configuration, or null.</summary>
    public KerasValue? Config => value.TryGet("attrs", out KerasValue config) && !config.IsNull ? config : null;

    /// <summary>The lines of Python that made the model, as far as they are known.</summary>
    public IReadOnlyList<string> Construction => value.TryGet("construction", out KerasValue lines) && !lines.IsNull ? [.. lines.Items().Select(l => l.AsString())] : [];

    public IReadOnlyList<KerasArray> Inputs => value.TryGet("inputs", out KerasValue several) ? [.. several.Items().Select(Array)] : [Array(value["input"])];

    /// <summary>In the order of Keras's get_weights.</summary>
    public IReadOnlyList<KerasArray> Weights => value.TryGet("weights", out KerasValue weights) ? [.. weights.Items().Select(Array)] : [];

    public KerasArray Expected => Array(value["expected"]);

    public static IReadOnlyList<KerasJsCase> All()
    {
        if (!System.IO.File.Exists(Path()))
            Assert.Skip($"NETGEN_CASES names no folder that holds {File}.");
        return [.. s_document.Value.RootElement.GetProperty("cases").EnumerateArray().Select(json => new KerasJsCase(new KerasValue(json)))];
    }

    private static KerasArray Array(KerasValue value) => new("float32", [.. value["shape"].Items().Select(d => d.AsInt())], [.. value["data"].Items().Select(x => x.AsDouble())]);

    private static string Path() => System.IO.Path.Combine(Environment.GetEnvironmentVariable("NETGEN_CASES") ?? ".", File);
}
