using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>Transfer learning as its user writes it: a block out of another assembly, frozen and thawed at run time.</summary>
public sealed class FrozenBlockTests
{
    private const string Library = """
        using NetGen;
        namespace Zoo;
        [Dense(nameof(units), Activation = Activation.Tanh), BatchNormalization, Dense(nameof(units))]
        public sealed class BackboneAttribute(int units) : BlockAttribute;
        """;

    private const string App = """
        using NetGen;
        using Zoo;
        [Network, Input(6), Backbone(7, Name = "base", Trainable = false), Activation(Activation.Tanh), Dense(3, Name = "head")]
        public partial class Net
        {
            public static Trainer MakeTrainer() => new Trainer<Net>(new Net(seed: 5)) { Optimizer = new SGD(1.0), Loss = Loss.MeanSquaredError(), Threads = 1 };
        }
        """;

    private const int Samples = 9;

    private static readonly float[] X = Numbers(1, Samples * 6);
    private static readonly float[] Y = Numbers(2, Samples * 3);

    [Fact]
    public void A_frozen_block_of_a_referenced_assembly_thaws_at_run_time()
    {
        CSharpCompilation app = TestSource.Compile(App, references: TestSource.ToReference(TestSource.Compile(Library, "Zoo")));
        ModelSpec model = TestSource.Read(app).Model;
        Trainer trainer = Load(app);
        Network net = trainer.Network;

        Assert.False(net["base"].Trainable);
        Dictionary<string, float[]> start = Weights(net);
        Step(model, trainer, live: false);
        Step(model, trainer, live: false);
        Assert.All(start.Where(w => w.Key.StartsWith("base/", StringComparison.Ordinal)), w => Assert.Equal(Bits(w.Value), Bits(net.GetWeights(w.Key))));
        Assert.All(start.Where(w => w.Key.StartsWith("head/", StringComparison.Ordinal)), w => Assert.NotEqual(w.Value, net.GetWeights(w.Key)));

        net["base"].Trainable = true;
        Step(model, trainer, live: true);
        Step(model, trainer, live: true);
        Assert.All(start, w => Assert.NotEqual(w.Value, net.GetWeights(w.Key)));

        net["base"].Trainable = false;
        Dictionary<string, float[]> thawed = Weights(net);
        Step(model, trainer, live: false);
        Assert.All(thawed.Where(w => w.Key.StartsWith("base/", StringComparison.Ordinal)), w => Assert.Equal(Bits(w.Value), Bits(net.GetWeights(w.Key))));

        Graph inference = Tape.Build(model, training: false).Graph, training = Tape.Build(model, training: true).Graph;
        Schedules schedules = Compiler.Plan(inference, training, ["base"]);
        Snapshot.Verify($"{PassList.Run(inference)}\n{schedules.Inference}\n{PassList.Run(training)}\n{schedules.Training}");
    }

    /// <summary>Trains one step at a rate of 1, by which the weights move by their gradients, and compares these with finite differences of the loss.</summary>
    private static void Step(ModelSpec model, Trainer trainer, bool live)
    {
        Dictionary<string, float[]> before = Weights(trainer.Network);
        Dictionary<string, double[]> expected = Gradients(model, before, live);
        double loss = trainer.TrainOnBatch(X, Y);
        Assert.Equal(Loss(Tape.Build(model, training: true).Graph, Doubles(before), live), loss, 1e-6);
        foreach ((string name, double[] gradient) in expected)
        {
            float[] after = trainer.Network.GetWeights(name);
            NetCheck.Near(gradient, [.. before[name].Zip(after, (b, a) => (double)b - a)], NetCheck.Net, $"the step of {name}, with the base {(live ? "live" : "frozen")}");
        }
    }

    private static Dictionary<string, double[]> Gradients(ModelSpec model, Dictionary<string, float[]> weights, bool live)
    {
        const double h = 1e-5;
        Graph graph = Tape.Build(model, training: true).Graph;
        Dictionary<string, double[]> result = [], moved = Doubles(weights);
        foreach (Value parameter in graph.Parameters.Where(p => p.Parameter!.Trainable && (live || p.Parameter.Toggle is null)))
        {
            double[] elements = moved[parameter.Name];
            result[parameter.Name] = [.. elements.Select((at, i) =>
            {
                elements[i] = at + h;
                double above = Loss(graph, moved, live);
                elements[i] = at - h;
                double below = Loss(graph, moved, live);
                elements[i] = at;
                return (above - below) / (2 * h);
            })];
        }

        return result;
    }

    private static double Loss(Graph graph, Dictionary<string, double[]> weights, bool live)
    {
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = Samples });
        foreach (Value value in graph.Values.Where(v => v.Kind is ValueKind.Input or ValueKind.Parameter or ValueKind.Toggle))
        {
            interpreter.Set(value, value.Kind == ValueKind.Input ? [.. X] : value.Kind == ValueKind.Toggle ? [live ? 1 : 0] : weights[value.Name]);
        }

        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data.Zip(Y, (y, t) => (y - t) * (y - t)).Average();
    }

    private static Trainer Load(CSharpCompilation app)
    {
        CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(
            app.WithOptions(app.Options.WithOptimizationLevel(OptimizationLevel.Release)), out Compilation whole, out _, TestContext.Current.CancellationToken);
        Assert.Empty(whole.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning));
        using MemoryStream file = new();
        Assert.True(whole.Emit(file, cancellationToken: TestContext.Current.CancellationToken).Success);
        file.Position = 0;
        return (Trainer)new AssemblyLoadContext("FrozenBlock").LoadFromStream(file).GetType("Net", throwOnError: true)!.GetMethod("MakeTrainer")!.Invoke(null, null)!;
    }

    private static Dictionary<string, float[]> Weights(Network net) => net.Parameters.ToDictionary(p => p.Name, p => net.GetWeights(p.Name));

    private static Dictionary<string, double[]> Doubles(Dictionary<string, float[]> weights) => weights.ToDictionary(w => w.Key, w => Array.ConvertAll(w.Value, v => (double)v));

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);

    private static float[] Numbers(int stream, int count) => [.. Enumerable.Range(0, count).Select(i => (float)((Differences.Uniform(stream, i) * 2) - 1))];
}
