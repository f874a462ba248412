namespace NetGen.Generator.Tests;

/// <summary>What is split off of a network that starts with a frozen part, and what a layer that infers while others train leaves out.</summary>
public sealed class FrozenPartTests
{
    private const string Blocks = """
        [Conv2D(nameof(filters), 3, Padding = Padding.Same, UseBias = false, Name = "conv"), BatchNormalization(Name = "bn"), ReLU, Dropout(0.5, Name = "drop")]
        class UnitAttribute(int filters);
        """;

    [Theory]
    [InlineData("[Input(4), Dense(3, Name = \"a\", Trainable = false), Dense(2)]", "(n, 3)")]
    [InlineData("[Input(4), Dense(3, Name = \"a\", Trainable = false), ReLU, Dropout(0.5), Dense(2)]", "(n, 3)")]
    [InlineData("[Input(6, 4), Dense(3, Name = \"a\", Trainable = false), Flatten, Dense(2)]", "(n, 18)")]
    [InlineData("[Input(6, 4), LSTM(3, Name = \"a\", Trainable = false), Dense(2)]", "(n, 3)")]
    [InlineData("[Input(4), Dense(3, Name = \"a\", Trainable = false), Dense(3, Name = \"b\", Trainable = true), Dense(3, Name = \"c\", Trainable = false), Dense(2)]", "(n, 3)")]
    [InlineData("[Input(4, Name = \"x\"), Dense(4, Name = \"a\", Trainable = false), Dense(5, From = \"x\", Name = \"b\"), Concatenate(\"a\", \"b\"), Dense(2)]", "(n, 4)")]
    [InlineData("[Input(4), Dense(4, Name = \"a\", Trainable = false), Dense(4, Name = \"b\", Trainable = false), Dense(4, From = \"a\"), Add(\"b\", \"dense\"), Dense(2)]", "(n, 4), (n, 4)")]
    [InlineData("[Input(9, 9, 2), Unit(4, Name = \"a\", Trainable = false), Flatten, Dense(2)]", "(n, 9, 9, 4)")]
    [InlineData("[Input(9, 9, 2), Unit(4, Name = \"a\", Trainable = false, Training = false), Flatten, Dense(2)]", "(n, 324)")]
    [InlineData("[Input(4), Dense(4, Name = \"a\", Trainable = false), Reuse(\"a\"), Dense(2)]", "(n, 4)")]
    public void The_features_are_where_one_comes_first_from_what_is_live(string tape, string features)
    {
        FrozenPart part = Of(tape)!;
        Assert.Equal(features, string.Join(", ", part.Features.Outputs.Select(o => o.Value.Shape)));
        Assert.Equal(features, string.Join(", ", part.Rest.Inputs.Skip(part.Features.Inputs.Count).Select(i => i.Shape)));
        Assert.Contains("a", part.Toggles);
    }

    [Theory]
    [InlineData("[Input(4), Dense(3, Name = \"a\", Trainable = true), Dense(2)]")]
    [InlineData("[Input(4), Dense(3, Name = \"a\"), Dense(2, Name = \"b\", Trainable = false)]")]
    [InlineData("[Input(4), Dense(4, Name = \"b\"), Dropout(0.5), Dense(3, Name = \"a\", Trainable = false), Dense(2)]")]
    [InlineData("[Input(4), BatchNormalization, Dense(3, Name = \"a\", Trainable = false), Dense(2)]")]
    [InlineData("[Input(Dim.Any, 4), LSTM(3, Name = \"a\", Trainable = false), Dense(2)]")]
    [InlineData("[Input(6, 4), LSTM(3, Name = \"a\", Trainable = false, Stateful = true), Dense(2)]")]
    [InlineData("[Input(6, 4), LSTM(3, Name = \"a\", Trainable = false, RecurrentDropout = 0.2), Dense(2)]")]
    [InlineData("[Input(4), Dense(3, Name = \"a\", Trainable = false), Dropout(0.5, From = \"input\", Name = \"d\"), Concatenate(\"d\", \"input\"), Dense(2)]")]
    public void There_is_none_where_it_hangs_on_something_else(string tape) => Assert.Null(Of(tape));

    [Theory]
    [InlineData("[Input(4), Dropout(0.5), Dense(3, Name = \"a\", Trainable = false), Dense(2)]", "(n, 4)", "(n, 3)")]
    [InlineData("[Input(8, 6, 2), RandomFlip, RandomContrast(0.2), Rescaling(0.5), Conv2D(3, 3, Name = \"a\", Trainable = false), Flatten, Dense(2)]", "(n, 8, 6, 2)", "(n, 72)")]
    [InlineData("[Input(8, 6, 2), RandomCrop(7, 5), Unit(4, Name = \"a\", Trainable = false), Flatten, Dense(2)]", "(n, 7, 5, 2)", "(n, 7, 5, 4)")]
    [InlineData("[Input(8, 6, 2), Rescaling(0.5), RandomFlip(Name = \"f\"), Conv2D(3, 3, Name = \"a\", Trainable = false), Flatten, Dense(2, Name = \"b\"), Flatten(From = \"f\", Name = \"g\"), Concatenate(\"b\", \"g\"), Dense(2)]", "(n, 8, 6, 2)", "(n, 72)")]
    [InlineData("[Input(4, Name = \"x\"), Dropout(0.5), Concatenate(\"dropout\", \"x\"), Dense(3, Name = \"a\", Trainable = false), Dense(2)]", "(n, 8)", "(n, 3)")]
    [InlineData("[Input(4, Name = \"x\"), Dropout(0.5, Name = \"d\"), Dropout(0.5, From = \"x\", Name = \"e\"), Dense(3, Name = \"a\", From = \"d\", Trainable = false), Dense(3, Name = \"b\", From = \"e\", Trainable = false), Add(\"a\", \"b\"), Dense(2)]", "(n, 4)", "(n, 3)")]
    public void Behind_random_layers_without_weights_it_begins_where_the_last_of_them_ends(string tape, string entry, string features)
    {
        FrozenPart part = Of(tape)!;
        Assert.Equal(entry, Assert.Single(part.Entry!.Outputs).Value.Shape.ToString());
        Assert.Equal(entry, Assert.Single(part.Features.Inputs).Shape.ToString());
        Assert.Equal(features, string.Join(", ", part.Features.Outputs.Select(o => o.Value.Shape)));
        Assert.True(Draws(part.Entry));
        Assert.False(Draws(part.Features));

        // What the entry does is not in the part once more.
        Assert.DoesNotContain(part.Features.Nodes.Where(n => n.Scope.Length > 0), n => part.Entry.Nodes.Any(e => e.Scope == n.Scope));
    }

    [Fact]
    public void The_rest_has_no_step_of_the_part_and_the_part_has_the_kernels_of_inference()
    {
        const string Tape = "[Input(9, 9, 2), Unit(4, Name = \"a\", Trainable = false, Training = false), Unit(5, Name = \"b\", Trainable = false, Training = false), GlobalAveragePooling2D, Dense(2)]";
        Schedules schedules = Plan(Tape);
        FrozenSchedules frozen = schedules.Frozen!;
        Assert.DoesNotContain(frozen.Rest.Lists.SelectMany(l => l.Steps), s => s.Scope.StartsWith("a/", StringComparison.Ordinal) || s.Scope.StartsWith("b/", StringComparison.Ordinal));
        Assert.Equal([.. frozen.Features.Kernels.Select(k => k.Name)], schedules.Inference.Kernels.Take(frozen.Features.Kernels.Count()).Select(k => k.Name));
        Assert.Equal([0, 1], frozen.Toggles);

        // A step behind the features costs little and needs little; every step of the whole is 40 times that.
        Assert.True(InferenceTile.WorkPerSample(schedules.Training!) > 40 * InferenceTile.WorkPerSample(frozen.Rest));
        Assert.True(Floats(schedules.Training!) > 20 * Floats(frozen.Rest), $"{Floats(schedules.Training!)} and {Floats(frozen.Rest)} floats");
        Snapshot.Verify(frozen.Features + "\n" + frozen.Rest);
    }

    [Fact]
    public void States_of_the_part_stay_and_those_behind_it_move()
    {
        FrozenPart part = Of("[Input(9, 9, 2), Unit(4, Name = \"a\", Trainable = false), BatchNormalization(Name = \"bn\"), Flatten, Dense(2)]")!;
        Assert.Equal(["bn/moving_mean", "bn/moving_variance"], part.Rest.Updates.Select(u => u.State.Name));
    }

    [Fact]
    public void A_layer_that_infers_uses_its_averages_and_drops_nothing_while_others_train()
    {
        const string Infers = "[Input(9, 9, 2), Unit(2, Name = \"a\", Training = false), Reuse(\"a\"), Unit(4, Name = \"b\"), Dropout(0.5, Training = false), Flatten, Dense(2)]";
        Graph graph = TapeText.Graph(Infers, Blocks, training: true);
        Assert.Equal(["b/bn/moving_mean", "b/bn/moving_variance"], graph.Updates.Select(u => u.State.Name));
        Assert.Equal(["b/drop"], graph.Nodes.Where(IsRandom).Select(n => n.Scope).Distinct());
        TrainingGraph.AppendGradients(graph);
        Assert.Contains("a/bn/gamma", graph.ParameterGradients.Select(u => u.State.Name));
        Assert.Equal(
            TapeText.Graph(Infers.Replace(", Training = false", "", StringComparison.Ordinal), Blocks).ToString(),
            TapeText.Graph(Infers, Blocks).ToString());
    }

    private static bool Draws(Graph graph) => graph.Nodes.Any(IsRandom);

    private static bool IsRandom(Node node) => node.Op is Map map && map.Body.Any(b => b.Subexpressions().Any(e => e is UniformExpr));

    private static long Floats(ProgramSchedule schedule) => schedule.Arena.Zones.Where(z => z.Symbols.Count > 0).Sum(z => z.Floats);

    private static FrozenPart? Of(string tape)
    {
        ModelSpec model = TapeText.Parse(tape, Blocks);
        return FrozenPart.Of(Tape.Build(model, training: false), Tape.Build(model, training: true));
    }

    private static Schedules Plan(string tape)
    {
        ModelSpec model = TapeText.Parse(tape, Blocks);
        TapeResult inference = Tape.Build(model, training: false), training = Tape.Build(model, training: true);
        return Compiler.Plan(inference.Graph, training.Graph, [.. inference.Toggles.Select(t => t.Name)], frozen: FrozenPart.Of(inference, training));
    }
}
