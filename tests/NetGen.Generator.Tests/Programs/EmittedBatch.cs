using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>
/// Networks whose emitted C# is compiled in one go: what Roslyn does once for an assembly costs more than a network. Add all of them, then ask for one.
/// </summary>
internal sealed class EmittedBatch
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Runtime.Intrinsics.dll" or "NetGen.dll")
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private readonly List<EmittedNet> nets = [];

    public IReadOnlyList<EmittedNet> Nets => this.nets;

    /// <summary>The compiled assembly's bytes.</summary>
    public byte[] Image { get; private set; } = [];

    /// <summary>What the C# compiler said beyond hidden hints.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; private set; }

    /// <summary>The networks of some tapes, compiled.</summary>
    public static EmittedBatch Of(IEnumerable<string> tapes)
    {
        EmittedBatch batch = new();
        foreach (string tape in tapes)
        {
            batch.Add(tape);
        }

        return batch.Compile();
    }

    /// <summary>Adds a network by its graphs. The training graph, if there is one, grows by its gradients.</summary>
    public EmittedNet Add(string name, Graph inference, Graph? training = null, IReadOnlyList<string>? toggles = null, bool isPrecise = false)
    {
        Schedules schedules = Compiler.Plan(inference, training, toggles ?? [], isPrecise);
        string text = KernelEmitter.Emit(TypeOf(this.nets.Count), schedules, null, new EmitOptions());
        EmittedNet net = new(name, inference, training, schedules, toggles ?? [], text);
        this.nets.Add(net);
        return net;
    }

    /// <summary>Adds a tape such as <c>[Input(4), Dense(2)]</c>.</summary>
    public EmittedNet Add(string tape) => this.Add(tape, TapeText.Parse(tape));

    /// <summary>Adds a network as its author wrote it.</summary>
    public EmittedNet Add(string name, ModelSpec model)
    {
        TapeResult inference = Tape.Build(model, training: false);
        Assert.True(inference.Problems.Count == 0, string.Join("\n", inference.Problems));
        Graph? training = inference.Options.Trains ? Tape.Build(model, training: true).Graph : null;
        return this.Add(name, inference.Graph, training, [.. inference.Toggles.Select(t => t.Name)], inference.Options.IsPrecise);
    }

    /// <summary>Compiles all networks and makes their programs.</summary>
    public EmittedBatch Compile()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "EmittedNets",
            this.nets.Select((net, i) => Parse(net.Text, $"Net{i}.g.cs")).Append(Parse(this.Shells(), "Shells.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream file = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(file);
        this.Diagnostics = [.. result.Diagnostics.Where(d => d.Severity != DiagnosticSeverity.Hidden)];
        Assert.True(result.Success, string.Join("\n", this.Diagnostics.Take(20)));
        this.Image = file.ToArray();
        Assembly assembly = new AssemblyLoadContext("EmittedNets").LoadFromStream(new MemoryStream(this.Image));
        for (int i = 0; i < this.nets.Count; i++)
        {
            Type type = assembly.GetType("Net" + i, throwOnError: true)!;
            this.nets[i].Inference = (InferenceProgram)type.GetMethod("MakeInference")!.Invoke(null, null)!;
            this.nets[i].Training = (TrainingProgram?)type.GetMethod("MakeTraining")!.Invoke(null, null);
        }

        return this;
    }

    private static TypeSpec TypeOf(int index) => new("", EquatableArray<string>.Empty, "Net" + index, "public", false);

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14), path);

    /// <summary>The part of each network that declares the hooks, as the shell does.</summary>
    private string Shells() => string.Concat(this.nets.Select((_, i) => $$"""
        public partial class Net{{i}}
        {
            static partial void CreateInference(ref NetGen.InferenceProgram? program);
            static partial void CreateTraining(ref NetGen.TrainingProgram? program);
            public static NetGen.InferenceProgram? MakeInference() { NetGen.InferenceProgram? p = null; CreateInference(ref p); return p; }
            public static NetGen.TrainingProgram? MakeTraining() { NetGen.TrainingProgram? p = null; CreateTraining(ref p); return p; }
        }

        """));
}
