namespace NetGen.Generator.Tests;

public sealed class TapeTests
{
    private const string Blocks = """
        [Dense(nameof(units)), ReLU]
        class DenseUnitAttribute(int units);
        [Dense("2 * units"), Dense("channels", Name = "main")]
        [Add("main", "input", When = "skip")]
        class ResidualAttribute(int units, bool skip = true);
        [Block<DenseUnitAttribute>("units + i", Repeat = "n"), Dense(2, Name = "out{n}")]
        class StackAttribute(int units, int n);
        """;

    [Fact]
    public void Layers_form_a_chain_with_automatic_names()
    {
        TapeResult result = TapeText.Build("[Input(4), Dense(3, Activation = Activation.ReLU), Dense(2), Softmax]");
        Assert.Empty(result.Problems);
        Assert.Equal(["input", "dense", "dense_1", "softmax"], result.Rows.Select(r => r.Name));
        Assert.Equal(["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"], result.Graph.Parameters.Select(p => p.Name));
        Assert.Equal([0, 15, 8, 0], result.Rows.Select(r => r.Parameters));
        Assert.Equal(["0", "12", "6", "0"], result.Rows.Select(r => r.MultiplyAdds.ToString()));
        GraphOutput output = Assert.Single(result.Graph.Outputs);
        Assert.Equal(("softmax", "Softmax", "(n, 2)"), (output.Name, output.Final, output.Logits!.Shape.ToString()));
    }

    [Theory]
    [InlineData("[Input(4), Dense(3), Dense(2)]", 23, "0 do not train")]
    [InlineData("[Input(4), BatchNormalization, Dense(2)]", 26, "8 do not train")]
    [InlineData("[Input(4), Dense(3, Name = \"low\", Trainable = false), BatchNormalization(Trainable = true), Dense(2)]", 35, "21 do not train at the start")]
    public void A_summary_counts_what_starts_frozen_among_what_does_not_train(string tape, long all, string text)
    {
        TapeResult result = TapeText.Build(tape);
        Assert.Equal(all, result.Parameters);
        Assert.Equal(text, result.NotTraining);
    }

    [Fact]
    public void What_stands_in_a_frozen_block_starts_frozen()
    {
        const string Frozen = "[Dense(3, Trainable = true), Dense(2)]\nclass PartAttribute;";
        Assert.Equal("23 do not train at the start", TapeText.Build("[Input(4), Part(Trainable = false), Dense(1)]", Frozen).NotTraining);
        Assert.Equal("0 do not train", TapeText.Build("[Input(4), Part(Trainable = true), Dense(1)]", Frozen).NotTraining);
    }

    [Fact]
    public void Multiply_adds_of_recurrent_layers_count_the_input_and_the_state_at_each_step()
    {
        TapeResult result = TapeText.Build("[Input(Dim.Any, 3), LSTM(5, ReturnSequences = true), GRU(2, Bidirectional = Merge.Sum), Dense(4)]");
        Assert.Empty(result.Problems);
        Assert.Equal(["0", "160*t", "84*t", "8"], result.Rows.Select(r => r.MultiplyAdds.ToString()));
        result = TapeText.Build("[Input(10, 3), LSTM(5)]");
        Assert.Equal(["0", "1600"], result.Rows.Select(r => r.MultiplyAdds.ToString()));
    }

    /// <summary>Dropout leaves whole numbers in inference and scales them in training: what is concatenated with others must fit in both.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whole_numbers_concatenate_with_others(bool training) =>
        Assert.Empty(Tape.Build(TapeText.Parse("[Input(4, Name = \"x\", Type = ElementType.Int32), Dropout(0.4, Name = \"d\"), Dense(3), Concatenate(\"dense\", \"d\")]"), training).Problems);

    [Fact]
    public void Taps_branch_and_merge()
    {
        TapeResult result = TapeText.Build("""
            [Input(4, Name = "a"), Dense(3, Name = "main")]
            [Input(5, Name = "b"), Dense(3, Name = "side", From = "b"), Add("main", "side"), Dense(1, Activation = Activation.Sigmoid, Name = "y")]
            [Dense(2, From = "main", Name = "z"), Output("y"), Output("z")]
            """);
        Assert.Empty(result.Problems);
        Assert.Equal(["a", "b"], result.Graph.Inputs.Select(i => i.Name));
        Assert.Equal(["y", "z"], result.Graph.Outputs.Select(o => o.Name));
        Assert.Equal(["Sigmoid", null], result.Graph.Outputs.Select(o => o.Final));
    }

    [Fact]
    public void Blocks_prefix_names_and_bind_parameters()
    {
        TapeResult result = TapeText.Build("[Input(4), DenseUnit(3), DenseUnit(units: 5), Stack(6, n: 2, Name = \"s\"), Residual(7)]", Blocks);
        Assert.Empty(result.Problems);
        Assert.Equal(
            ["dense_unit/dense (4, 3)", "dense_unit_1/dense (3, 5)", "s/dense_unit/dense (5, 6)", "s/dense_unit_1/dense (6, 7)", "s/out2 (7, 2)", "residual/dense (2, 14)", "residual/main (14, 2)"],
            result.Graph.Parameters.Where(p => p.Name.EndsWith("kernel", StringComparison.Ordinal)).Select(p => $"{p.Name.Replace("/kernel", "", StringComparison.Ordinal)} {p.Shape}"));
        Assert.Equal("residual/add", Assert.Single(result.Graph.Outputs).Name);
    }

    [Fact]
    public void A_block_with_an_empty_name_has_flat_names()
    {
        TapeResult result = TapeText.Build("[Input(4), Stack(6, 2, Name = \"\"), Dense(1)]", Blocks);
        Assert.Empty(result.Problems);
        Assert.Equal(["input", "dense_unit/dense", "dense_unit/re_lu", "dense_unit_1/dense", "dense_unit_1/re_lu", "out2", "dense"], result.Rows.Select(r => r.Name));
    }

    [Fact]
    public void When_false_passes_through()
    {
        Assert.Equal("residual/main", TapeText.Graph("[Input(4), Residual(7, skip: false)]", Blocks).Outputs[0].Name);
        Assert.Equal(["input", "dense"], TapeText.Build("[Input(4), Dense(4, When = \"channels != 4\"), Dense(2)]").Rows.Select(r => r.Name));
        TapeResult named = TapeText.Build("[Input(4), Dense(4, When = \"false\", Name = \"x\"), Dense(4), Add(\"x\", \"dense\")]");
        Assert.Empty(named.Problems);
    }

    [Fact]
    public void A_layer_is_applied_twice_with_the_same_weights()
    {
        TapeResult result = TapeText.Build("""
            [Input(4, Name = "a"), Dense(3, Name = "shared"), Input(4, Name = "b"), Reuse("shared", From = "b", Name = "right"), Subtract("shared", "right")]
            """);
        Assert.Empty(result.Problems);
        Assert.Equal(2, result.Graph.Parameters.Count());
        Assert.Equal(["Input", "Dense", "Input", "Reuse", "Subtract"], result.Rows.Select(r => r.Kind));
        Assert.Equal([0, 15, 0, 0, 0], result.Rows.Select(r => r.Parameters));
    }

    [Fact]
    public void A_block_is_applied_twice_with_the_same_weights()
    {
        TapeResult result = TapeText.Build("[Input(4, Name = \"a\"), Residual(3, Name = \"r\"), Input(4, Name = \"b\"), Reuse(\"r\"), Concatenate(\"r\", \"reuse\")]", Blocks);
        Assert.Empty(result.Problems);
        Assert.Equal(4, result.Graph.Parameters.Count());
        Assert.Equal(["(n, 8)"], result.Graph.Outputs.Select(o => o.Value.Shape.ToString()));
    }

    [Fact]
    public void Trainable_makes_toggles_that_govern_what_is_inside()
    {
        TapeResult result = TapeText.Build("""
            [Input(4), Stack(6, 1, Name = "base", Trainable = false), BatchNormalization(Trainable = true), Dense(1)]
            """, Blocks, training: true);
        Assert.Empty(result.Problems);
        Assert.Equal([new Toggle("base", false, null), new Toggle("batch_normalization", true, null)], result.Toggles);
        Assert.Equal(["base", "base", "base", "base", "batch_normalization", "batch_normalization", "batch_normalization", "batch_normalization", null, null],
            result.Graph.Parameters.Select(p => p.Parameter!.Toggle));
        Assert.Equal(["batch_normalization"], result.Graph.Toggles.Select(t => t.Name));
    }

    [Fact]
    public void A_time_is_a_symbol_that_inputs_may_share()
    {
        Assert.Equal("(n, t, 3)", TapeText.Graph("[Input(Dim.Any, 3), Dense(3)]").Outputs[0].Value.Shape.ToString());
        Graph two = TapeText.Graph("[Input(Dim.Any, 3, Name = \"a\"), Input(Dim.Any, 3, Name = \"b\"), Dense(2), Dense(2, From = \"a\", Name = \"y\"), Output(\"y\"), Output(\"dense\")]");
        Assert.Equal(["(n, t_a, 3)", "(n, t_b, 3)"], two.Inputs.Select(i => i.Shape.ToString()));
        Graph shared = TapeText.Graph("[Input(Dim.Any, 3, Name = \"a\", Time = \"x\"), Input(Dim.Any, 3, Name = \"b\", Time = \"x\"), Add(\"a\", \"b\")]");
        Assert.Equal(["(n, t, 3)", "(n, t, 3)"], shared.Inputs.Select(i => i.Shape.ToString()));
    }

    [Fact]
    public void Masks_go_on_as_in_Keras()
    {
        Graph kept = TapeText.Graph("[Input(Dim.Any, 3), Masking, Dense(2), Dropout(0.5), BatchNormalization]");
        Assert.Equal("(n, t)", kept.Outputs[0].Mask!.Shape.ToString());
        Assert.Null(TapeText.Graph("[Input(5, 3), Masking, Dense(2), Flatten]").Outputs[0].Mask);
        Assert.Null(TapeText.Graph("[Input(5, 3), Masking, Add(\"masking\", \"input\")]").Outputs[0].Mask);
        Assert.NotNull(TapeText.Graph("[Input(5, 3), Masking, Add(\"masking\", \"masking\")]").Outputs[0].Mask);
    }

    [Theory]
    [InlineData("[Input(4), Dense(3), Dense(2, From = \"dens\")]", "NG0010", 2, "From", "dense")]
    [InlineData("[Input(4), Dense(3), Add(\"dense\", \"inptu\")]", "NG0010", 2, "Inputs[1]", "input")]
    [InlineData("[Input(4), Dense(3), Add(\"dense\", \"input\")]", "NG0011", 2, "Inputs[1]", null)]
    [InlineData("[Input(4), Dense(0)]", "NG0012", 1, "Units", null)]
    [InlineData("[Input(4), Dense(3, Activation = Activation.Rleu)]", "NG0012", 1, "Activation", "ReLU")]
    [InlineData("[Input(4), Dens(3)]", "NG0012", 1, null, "Dense")]
    [InlineData("[Input(4), Dense(3, Unit = 2)]", "NG0012", 1, "Unit", "Units")]
    [InlineData("[Input(4, Dim.Any), Dense(3)]", "NG0012", 0, "Shape", null)]
    [InlineData("[Dense(3)]", "NG0013", 0, null, null)]
    [InlineData("", "NG0013", -1, null, null)]
    [InlineData("[Input(4), Dense(3, Name = \"a\"), Dense(3, Name = \"a\")]", "NG0014", 2, "Name", null)]
    [InlineData("[Input(4), Dense(3), Dense(2, From = \"input\")]", "NG0015", 1, null, null)]
    [InlineData("[Input(4), Input(3), Dense(2)]", "NG0015", 0, null, null)]
    [InlineData("[Input(4), Loop]", "NG0016", 1, null, null)]
    [InlineData("[Input(2147483647, 2147483647, 2147483647), Dense(3)]", "NG0017", 0, null, null)]
    [InlineData("[Input(100000), Dense(100000)]", "NG0017", 1, null, null)]
    [InlineData("[Input(4), Dense(\"chanels * 2\")]", "NG0018", 1, "Units", "channels")]
    [InlineData("[Input(4), Dense]", "NG0019", 1, null, null)]
    [InlineData("[Input(4), Needs]", "NG0019", 1, null, null)]
    [InlineData("[Input(4), Dense(3), Add(\"dense\")]", "NG0020", 2, null, null)]
    [InlineData("[Input(4), Subtract(\"input\", \"input\", \"input\")]", "NG0020", 1, null, null)]
    [InlineData("[Input(4)]", "NG0021", 0, null, null)]
    [InlineData("[Input(4), Dense(3), Output(\"dense\"), Output(\"dense\")]", "NG0021", 3, "From", null)]
    [InlineData("[Input(4), Dense(3), Input(5, Name = \"b\"), Reuse(\"dense\"), Output(\"dense\"), Output(\"reuse\")]", "NG0022", 3, null, null)]
    [InlineData("[Input(4), Dense(3, KernelInitializer = \"HeNoraml\")]", "NG0023", 1, "KernelInitializer", "HeNormal")]
    [InlineData("[Input(4), Dense(3, KernelRegularizer = \"L2(-1)\")]", "NG0023", 1, "KernelRegularizer", null)]
    [InlineData("[Input(4), Dense(3, BiasConstraint = 3)]", "NG0023", 1, "BiasConstraint", null)]
    [InlineData("[Input(4), Dense(3, KernelConstraint = \"MaxNorm(axis: 7)\")]", "NG0023", 1, "KernelConstraint", null)]
    [InlineData("[Input(4), Dense(3, KernelConstraint = \"UnitNorm(axis: [0, -3])\")]", "NG0023", 1, "KernelConstraint", null)]
    [InlineData("[Input(4), Dense(3, BiasConstraint = \"MinMaxNorm(0, 1, 1, 1)\")]", "NG0023", 1, "BiasConstraint", null)]
    [InlineData("[Input(4), Dense(3, Repeat = -1)]", "NG0024", 1, "Repeat", null)]
    [InlineData("[Input(4), Dense(3, When = \"3\")]", "NG0024", 1, "When", null)]
    public void Each_problem_stands_on_its_argument(string tape, string id, int attribute, string? argument, string? suggestion)
    {
        const string blocks = "[Loop] class LoopAttribute; [Dense(nameof(units))] class NeedsAttribute(int units);";
        Problem problem = Assert.Single(TapeText.Build(tape, blocks).Problems);
        Assert.Equal((id, attribute, argument, suggestion), (problem.Id, problem.Attribute, problem.Argument, problem.Suggestion));
    }

    [Theory]
    [InlineData("[Input(4), Dense(3, KernelConstraint = \"MaxNorm(axis: 7)\")]", "names the axis 7; the weight 'kernel' has the shape (4, 3)")]
    [InlineData("[Input(4), Normalization(Mean = 1, Variance = -2), Dense(1)]", "Variance of Normalization 'normalization' must not be below 0; found -2")]
    [InlineData("[Input(4), Normalization(Mean = new[] { 1, 2 }, Variance = 1), Dense(1)]", "takes one number or 4; found 2")]
    [InlineData("[Input(4), Dense(4), Add(\"dense\", \"input\"), Reuse(\"add\", From = \"dense\")]", "Add takes several inputs, and Reuse gives one; it has no weights to share, so write it again.")]
    public void What_was_found_is_in_the_text(string tape, string text) => Assert.Contains(text, Assert.Single(TapeText.Build(tape, "").Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("MaxNorm(axis: -2)")]
    [InlineData("UnitNorm(axis: [0, 1])")]
    [InlineData("MinMaxNorm(0, 1, 1, -1)")]
    public void An_axis_of_the_weight_is_taken(string constraint) => Assert.Empty(TapeText.Build($"[Input(4), Dense(3, KernelConstraint = \"{constraint}\")]", "").Problems);

    [Fact]
    public void Several_problems_are_found_at_once()
    {
        TapeResult result = TapeText.Build("[Input(4), Dense(0), Dense(2, Activation = 7), Dense(2, From = \"nothing\"), Dense(-1, From = \"input\")]");
        Assert.Equal(["NG0012", "NG0010", "NG0012"], result.Problems.Select(p => p.Id));
    }

    [Fact]
    public void A_problem_inside_a_block_names_the_way_and_stands_on_the_users_attribute()
    {
        Problem problem = Assert.Single(TapeText.Build("[Input(4), Stack(0, 1)]", Blocks).Problems);
        Assert.Equal(("NG0012", 1, null), (problem.Id, problem.Attribute, problem.Argument));
        Assert.StartsWith("Stack > DenseUnit > Units of Dense", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_problems_show_both_shapes()
    {
        Problem problem = Assert.Single(TapeText.Build("[Input(4), Dense(3), Add(\"dense\", \"input\")]").Problems);
        Assert.Contains("(n, 3)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("(n, 4)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_programs_have_the_same_parameters_in_the_same_order()
    {
        const string tape = "[Input(4), Stack(6, 3), BatchNormalization(Renorm = true), Dropout(0.5), PReLU, LayerNormalization, Normalization, Dense(1)]";
        Assert.Equal(
            TapeText.Graph(tape, Blocks).Parameters.Select(p => p.Parameter),
            TapeText.Graph(tape, Blocks, training: true).Parameters.Select(p => p.Parameter));
    }

    [Fact]
    public void TimeDistributed_applies_a_layer_or_block_to_each_step()
    {
        Graph graph = TapeText.Graph("[Input(Dim.Any, 4, 5, 3), Masking(Name = \"m\"), Conv2D(2, 3, TimeDistributed = true), Flatten(TimeDistributed = true), DenseUnit(6, TimeDistributed = true)]", Blocks);
        Assert.Equal("(n, t, 6)", graph.Outputs[0].Value.Shape.ToString());
        Assert.Equal(["(3, 3, 3, 2)", "(2)", "(12, 6)", "(6)"], graph.Parameters.Select(p => p.Shape.ToString()));
        Assert.Equal("NG0011", Assert.Single(TapeText.Build("[Input(4), Dense(2, TimeDistributed = true)]").Problems).Id);
    }

    [Fact]
    public void A_ResNet_of_blocks_has_as_many_weights_as_in_Keras()
    {
        // He et al. 2015 as keras.applications.ResNet152 without its top has it; pooling has no weights.
        const string blocks = """
            [Conv2D(nameof(filters), 1, Strides = nameof(strides), Name = "{stem}_1_conv"), BatchNormalization(Name = "{stem}_1_bn"), ReLU]
            [Conv2D(nameof(filters), 3, Padding = Padding.Same, Name = "{stem}_2_conv"), BatchNormalization(Name = "{stem}_2_bn"), ReLU]
            [Conv2D("4 * filters", 1, Name = "{stem}_3_conv"), BatchNormalization(Name = "{stem}_3_bn")]
            [Conv2D("4 * filters", 1, Strides = nameof(strides), From = "input", Name = "{stem}_0_conv", When = "strides != 1 || channels != 4 * filters")]
            [BatchNormalization(Name = "{stem}_0_bn", When = "strides != 1 || channels != 4 * filters")]
            [Add("{stem}_3_bn", "{stem}_0_bn"), ReLU(Name = "{stem}_out")]
            class BottleneckAttribute(int filters, string stem, int strides = 1);
            [Block<BottleneckAttribute>("filters", "{stem}_block1", "strides", Name = "")]
            [Block<BottleneckAttribute>("filters", "{stem}_block{i + 2}", Repeat = "n - 1", Name = "")]
            class StageAttribute(int filters, string stem, int n, int strides = 2);
            """;
        TapeResult result = TapeText.Build("""
            [Input(64, 64, 3), Conv2D(64, 7, Strides = 2, Padding = Padding.Same, Name = "conv1_conv"), BatchNormalization(Name = "conv1_bn"), ReLU]
            [Stage(64, "conv2", 3, strides: 1, Name = ""), Stage(128, "conv3", 8, Name = ""), Stage(256, "conv4", 36, Name = ""), Stage(512, "conv5", 3, Name = "")]
            """, blocks);
        Assert.Empty(result.Problems);
        Assert.Equal(58_370_944, result.Rows.Sum(r => r.Parameters));
        Assert.Contains("conv4_block36_2_conv/kernel", result.Graph.Parameters.Select(p => p.Name));
        Assert.Equal(("conv5_block3_out", "(n, 4, 4, 2048)"), (result.Graph.Outputs[0].Name, result.Graph.Outputs[0].Value.Shape.ToString()));
    }

    [Fact]
    public void The_chain_goes_on_past_constants_and_parameters()
    {
        TapeResult result = TapeText.Build("[Input(4, Name = \"x\"), Ops.Constant(2, Name = \"c\"), Ops.Parameter(3, Name = \"p\"), Dense(3), Multiply(\"dense\", \"p\", \"c\")]");
        Assert.Empty(result.Problems);
        Assert.Equal(["x", "c", "p", "dense", "multiply"], result.Rows.Select(r => r.Name));
        Assert.Equal(["(n, 4)", "()", "(3)", "(n, 3)", "(n, 3)"], result.Rows.Select(r => r.Output.ToString()));
        Assert.Equal("(4, 3)", result.Graph.Parameters.Single(p => p.Name == "dense/kernel").Shape.ToString());

        // At the beginning there is no chain, so that it begins one.
        Graph first = TapeText.Graph("[Ops.Constant(1, 2, 3, Name = \"c\"), Ops.Neg, Input(3, Name = \"x\"), Add(\"x\", \"neg\")]");
        Assert.Equal("(n, 3)", Assert.Single(first.Outputs).Value.Shape.ToString());
    }

    [Fact]
    public void A_constant_with_a_problem_does_not_break_the_chain()
    {
        TapeResult result = TapeText.Build("[Input(4), Ops.Constant(1, 2, Shape = new[] { 3 }, Name = \"c\"), Dense(2), Add(\"dense\", \"c\")]");
        Assert.Contains("takes 3 numbers", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(["input", "dense"], result.Rows.Select(r => r.Name));
    }

    [Theory]
    [InlineData("(n, 2, 3)", "[Input(2, 3, Name = \"x\"), Ops.Constant(1, 2, 3, Name = \"c\"), Add(\"x\", \"c\")]")]
    [InlineData("(n, 2, 3)", "[Input(3, Name = \"x\"), Input(2, 3, Name = \"y\"), Ops.Constant(1, 2, Shape = new[] { 1, 2, 1 }, Name = \"c\"), Ops.Div(\"c\", \"y\"), Ops.Pow(\"x\", \"div\")]")]
    [InlineData("(n, 5, 4, 3)", "[Input(5, 1, 3, Name = \"x\"), Ops.Parameter(4, 1, Name = \"c\"), Ops.Equal(\"c\", \"x\")]")]
    [InlineData("(n, 3)", "[Input(Name = \"x\"), Input(3, Name = \"y\"), Ops.Where(\"x\", \"y\", \"x\")]")]
    public void What_has_no_batch_aligns_at_the_right_and_what_has_one_keeps_it_first(string shape, string tape) =>
        Assert.Equal(shape, Assert.Single(TapeText.Graph(tape).Outputs).Value.Shape.ToString());

    [Theory]
    [InlineData("NG0011", "[Input(3, Name = \"x\"), Ops.Constant(1, 2, Shape = new[] { 2, 1 }, Name = \"c\"), Add(\"x\", \"c\")]", "the same for every sample", "(2, 1)")]
    [InlineData("NG0011", "[Input(3, Name = \"x\"), Ops.Constant(1, 2, Shape = new[] { 1, 1, 2 }, Name = \"c\"), Ops.Div(\"c\", \"x\")]", "the same for every sample", "(1, 1, 2)")]
    [InlineData("NG0011", "[Input(3, Name = \"x\"), Ops.Constant(1, 2, Name = \"c\"), Ops.Div(\"x\", \"c\")]", "(n, 3)", "(2)")]
    [InlineData("NG0020", "[Input(3, Name = \"x\"), Dense(2), Ops.Constant(1, From = \"x\")]", "Ops.Constant takes no input")]
    [InlineData("NG0020", "[Input(3, Name = \"x\"), Ops.Parameter(3, Name = \"p\"), Add(\"x\", \"p\"), Reuse(\"p\")]", "by its name")]
    [InlineData("NG0021", "[Input(3, Name = \"x\"), Ops.Parameter(3, Name = \"p\"), Add(\"x\", \"p\"), Output(\"p\")]", "(3)", "the same for every sample")]
    [InlineData("NG0012", "[Input(3, Name = \"x\"), Ops.Wher(\"x\")]", "Ops.Where")]
    [InlineData("NG0012", "[Input(3, Name = \"x\"), Ops.Clip(Minn = 3)]", "Min")]
    public void Problems_of_what_has_no_batch_are_told(string id, string tape, params string[] parts)
    {
        Problem problem = TapeText.Build(tape).Problems.First(p => p.Id != "NG0015");
        Assert.Equal(id, problem.Id);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }
}
