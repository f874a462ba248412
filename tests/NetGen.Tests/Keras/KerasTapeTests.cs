using System.Text.Json;
using NetGen.Importing;
using NetGen.Keras;

namespace NetGen.Tests.Keras;

/// <summary>Configurations of Keras as annotated classes.</summary>
public sealed class KerasTapeTests
{
    private const string Dense2 = """{"name": "dense", "trainable": true, "dtype": "float32", "units": 4, "activation": "relu", "use_bias": true, "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}, "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": {"class_name": "L2", "config": {"l2": 9.999999747378752e-05}}, "bias_regularizer": null, "activity_regularizer": null, "kernel_constraint": null, "bias_constraint": null}""";

    [Fact]
    public void A_sequential_model_of_Keras_2()
    {
        string text = Text("""
            {"class_name": "Sequential", "config": {"name": "my_model", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 8, 8, 3], "dtype": "float32", "sparse": false, "name": "in"}},
              {"class_name": "ZeroPadding2D", "config": {"name": "pad", "padding": [[0, 1], [0, 1]], "data_format": "channels_last"}},
              {"class_name": "Conv2D", "config": {"name": "conv", "filters": 4, "kernel_size": [3, 3], "strides": [2, 2], "padding": "valid", "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "activation": "linear", "use_bias": false, "kernel_initializer": {"class_name": "HeNormal", "config": {"seed": 3}}, "bias_initializer": {"class_name": "Zeros", "config": {}}}},
              {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [3], "momentum": 0.9, "epsilon": 1.0e-05, "center": true, "scale": true}},
              {"class_name": "ReLU", "config": {"name": "relu6", "max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0}},
              {"class_name": "LeakyReLU", "config": {"name": "leaky", "alpha": 0.10000000149011612}},
              {"class_name": "MaxPooling2D", "config": {"name": "pool", "pool_size": [2, 2], "padding": "valid", "strides": [2, 2], "data_format": "channels_last"}},
              {"class_name": "Flatten", "config": {"name": "flat", "data_format": "channels_last"}},
              {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.25, "noise_shape": null, "seed": null}},
              {"class_name": "Dense", "config": DENSE}
            ]}, "keras_version": "2.4.0", "backend": "tensorflow"}
            """.Replace("DENSE", Dense2, StringComparison.Ordinal));
        Assert.Equal(
            """
            [Network]
            [Input(8, 8, 3, Name = "in")]
            [ZeroPadding2D(0, 1, 0, 1, Name = "pad")]
            [Conv2D(4, 3, Strides = 2, UseBias = false, KernelInitializer = "HeNormal(seed: 3)", Name = "conv")]
            [BatchNormalization(Momentum = 0.9, Epsilon = 1E-05, Name = "bn")]
            [ReLU(6, Name = "relu6")]
            [LeakyReLU(0.1, Name = "leaky")]
            [MaxPooling2D(2, Name = "pool")]
            [Flatten(Name = "flat")]
            [Dropout(0.25, Name = "drop")]
            [Dense(4, Activation = Activation.ReLU, KernelRegularizer = "L2(l2: 0.0001)", Name = "dense")]
            public partial class M;

            """,
            text);
    }

    [Fact]
    public void Layers_that_regularize_and_normalize()
    {
        string text = Text("""
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, 6, 4], "name": "in"}},
              {"class_name": "SpectralNormalization", "config": {"name": "sn", "power_iterations": 2, "layer": {"class_name": "Conv1D", "config": {"name": "conv", "filters": 4, "kernel_size": [3]}}}},
              {"class_name": "Dense", "config": {"name": "dense", "units": 4, "activity_regularizer": {"class_name": "L1", "config": {"l1": 0.01}}}},
              {"class_name": "ActivityRegularization", "config": {"name": "activity", "l1": 0.1, "l2": 0.0}},
              {"class_name": "EinsumDense", "config": {"name": "einsum", "output_shape": [null, 8], "equation": "abc,cd->abd", "activation": "relu", "bias_axes": "d", "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}, "lora_rank": null}},
              {"class_name": "RMSNormalization", "config": {"name": "rms", "axis": [-1], "epsilon": 1e-06}},
              {"class_name": "UnitNormalization", "config": {"name": "unit", "axis": -1}},
              {"class_name": "AlphaDropout", "config": {"name": "alpha", "rate": 0.1, "seed": null, "noise_shape": [null, 1, 8]}},
              {"class_name": "GaussianDropout", "config": {"name": "gd", "rate": 0.2, "seed": 3}},
              {"class_name": "GaussianNoise", "config": {"name": "gn", "stddev": 0.3, "seed": null}}
            ]}}
            """);
        Assert.Equal(
            """
            [Network]
            [Input(6, 4, Name = "in")]
            [Conv1D(4, 3, SpectralNormalization = 2, Name = "sn")]
            [Dense(4, ActivityRegularizer = "L1(l1: 0.01)", Name = "dense")]
            [ActivityRegularization(L1 = 0.1, Name = "activity")]
            [EinsumDense("abc,cd->abd", -1, 8, Activation = Activation.ReLU, BiasAxes = "d", Name = "einsum")]
            [RMSNormalization(Name = "rms")]
            [UnitNormalization(Name = "unit")]
            [AlphaDropout(0.1, NoiseShape = new[] { -1, 1, 8 }, Name = "alpha")]
            [GaussianDropout(0.2, Seed = 3, Name = "gd")]
            [GaussianNoise(0.3, Name = "gn")]
            public partial class M;

            """,
            text);
    }

    [Theory]
    [InlineData("GroupQueryAttention")]
    [InlineData("GroupedQueryAttention")]
    public void Both_names_of_the_attention_of_groups(string name)
    {
        string text = Text("""
            {"class_name": "Functional", "config": {"name": "g", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": [null, 5, 4], "name": "x"}, "inbound_nodes": []},
              {"class_name": "NAME", "name": "gqa", "config": {"name": "gqa", "head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}, "inbound_nodes": [[["x", 0, 0, {}], ["x", 0, 0, {}]]]}
            ], "input_layers": [["x", 0, 0]], "output_layers": [["gqa", 0, 0]]}}
            """.Replace("NAME", name, StringComparison.Ordinal));
        Assert.Contains("[GroupQueryAttention(3, 4, 2, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_functional_model_of_Keras_2_with_shared_layers_and_a_model_within()
    {
        string text = Text("""
            {"class_name": "Functional", "config": {"name": "twins", "layers": [
              {"class_name": "InputLayer", "name": "a", "config": {"batch_input_shape": [null, 5], "name": "a"}, "inbound_nodes": []},
              {"class_name": "InputLayer", "name": "b", "config": {"batch_input_shape": [null, 5], "name": "b"}, "inbound_nodes": []},
              {"class_name": "Dense", "name": "shared", "config": {"name": "shared", "units": 3}, "inbound_nodes": [[["a", 0, 0, {}]], [["b", 0, 0, {}]]]},
              {"class_name": "Sequential", "name": "inner", "config": {"name": "inner", "layers": [{"class_name": "InputLayer", "config": {"batch_input_shape": [null, 3], "name": "i"}}, {"class_name": "Dense", "config": {"name": "d", "units": 2, "activation": "tanh"}}]}, "inbound_nodes": [[["shared", 0, 0, {}]], [["shared", 1, 0, {}]]]},
              {"class_name": "Concatenate", "name": "both", "config": {"name": "both", "axis": -1}, "inbound_nodes": [[["inner", 1, 0, {}], ["inner", 2, 0, {}]]]},
              {"class_name": "Dense", "name": "end", "config": {"name": "end", "units": 1, "trainable": false}, "inbound_nodes": [[["both", 0, 0, {}]]]}
            ], "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["end", 0, 0], ["shared", 0, 0]]}}
            """);
        Assert.Equal(
            """
            [Network]
            [Input(5, Name = "a")]
            [Input(5, Name = "b")]
            [Dense(3, From = "a", Name = "shared")]
            [Reuse("shared", From = "b", Name = "shared_1")]
            [Dense(2, Activation = Activation.Tanh, From = "shared", Name = "inner_d")]
            [Reuse("inner_d", From = "shared_1", Name = "inner_d_1")]
            [Concatenate("inner_d", "inner_d_1", Name = "both")]
            [Dense(1, Trainable = false, Name = "end")]
            [Output("end")]
            [Output("shared")]
            public partial class M;

            """,
            text);
    }

    [Fact]
    public void A_functional_model_of_Keras_3_with_states_and_attention()
    {
        string text = Text("""
            {"module": "keras", "class_name": "Functional", "registered_name": "Functional", "config": {"name": "steps", "trainable": true, "layers": [
              {"module": "keras.layers", "class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, null, 6], "dtype": "float32", "name": "x"}, "inbound_nodes": []},
              {"module": "keras.layers", "class_name": "LSTM", "name": "enc", "config": {"name": "enc", "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null}, "units": 4, "return_state": true, "return_sequences": true, "activation": "tanh", "recurrent_activation": "sigmoid", "recurrent_initializer": {"module": "keras.initializers", "class_name": "Orthogonal", "config": {"seed": null, "gain": 1.0}, "registered_name": null}}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, null, 6], "dtype": "float32", "keras_history": ["x", 0, 0]}}], "kwargs": {"training": false, "mask": null}}]},
              {"module": "keras.layers", "class_name": "LSTM", "name": "dec", "config": {"name": "dec", "units": 4, "return_sequences": true}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}], "kwargs": {"initial_state": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["enc", 0, 1]}}, {"class_name": "__keras_tensor__", "config": {"keras_history": ["enc", 0, 2]}}]}}]},
              {"module": "keras.layers", "class_name": "MultiHeadAttention", "name": "heads", "config": {"name": "heads", "num_heads": 2, "key_dim": 3, "value_dim": 3, "dropout": 0.0, "use_bias": true, "output_shape": null, "attention_axes": [1], "flash_attention": null, "seed": null}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["dec", 0, 0]}}], "kwargs": {"value": {"class_name": "__keras_tensor__", "config": {"keras_history": ["enc", 0, 0]}}, "use_causal_mask": false}}]},
              {"module": "keras.layers", "class_name": "Bidirectional", "name": "both", "config": {"name": "both", "merge_mode": "ave", "layer": {"module": "keras.layers", "class_name": "GRU", "config": {"name": "forward_gru", "units": 3, "reset_after": true, "activation": "tanh", "recurrent_activation": "hard_sigmoid"}}, "backward_layer": {"class_name": "GRU", "config": {"name": "backward_gru", "units": 3, "go_backwards": true, "reset_after": true, "activation": "tanh", "recurrent_activation": "hard_sigmoid"}}}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["heads", 0, 0]}}], "kwargs": {}}]}
            ], "input_layers": ["x", 0, 0], "output_layers": ["both", 0, 0]}}
            """);
        Assert.Equal(
            """
            [Network]
            [Input(Dim.Any, 6, Name = "x")]
            [LSTM(4, ReturnState = true, ReturnSequences = true, Name = "enc")]
            [LSTM(4, ReturnSequences = true, InitialState = new[] { "enc.state_h", "enc.state_c" }, From = "x", Name = "dec")]
            [MultiHeadAttention(2, 3, "dec", "enc", ValueDim = 3, AttentionAxes = new[] { 1 }, Name = "heads")]
            [GRU(3, RecurrentActivation = Activation.HardSigmoid, Bidirectional = Merge.Ave, Name = "both")]
            public partial class M;

            """,
            text);
    }

    [Fact]
    public void Augmentation()
    {
        string text = Text("""
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, 8, 9, 3], "name": "in"}},
              {"class_name": "CenterCrop", "config": {"name": "crop", "data_format": "channels_last", "height": 6, "width": 7}},
              {"class_name": "RandomRotation", "config": {"name": "turn", "factor": [-0.2, 0.2], "data_format": "channels_last", "fill_mode": "reflect", "fill_value": 0.0, "interpolation": "bilinear", "seed": null}},
              {"class_name": "RandomZoom", "config": {"name": "zoom", "height_factor": 0.3, "width_factor": null, "fill_mode": "constant", "interpolation": "nearest", "seed": 5, "fill_value": 0.5, "data_format": "channels_last"}},
              {"class_name": "RandomZoom", "config": {"name": "more", "height_factor": [-0.3, -0.1], "width_factor": 0.2, "fill_mode": "reflect", "interpolation": "bilinear", "seed": null, "fill_value": 0.0, "data_format": "channels_last"}},
              {"class_name": "RandomTranslation", "config": {"name": "shift", "height_factor": 0.1, "width_factor": 0.2, "fill_mode": "wrap", "interpolation": "bilinear", "seed": null, "fill_value": 0.0, "data_format": "channels_last"}}
            ]}}
            """);
        Assert.Equal(
            """
            [Network]
            [Input(8, 9, 3, Name = "in")]
            [CenterCrop(6, 7, Name = "crop")]
            [RandomRotation(new double[] { -0.2, 0.2 }, Name = "turn")]
            [RandomZoom(0.3, FillMode = FillMode.Constant, Interpolation = Interpolation.Nearest, Seed = 5, FillValue = 0.5, Name = "zoom")]
            [RandomZoom(new double[] { -0.3, -0.1 }, 0.2, Name = "more")]
            [RandomTranslation(0.1, 0.2, FillMode = FillMode.Wrap, Name = "shift")]
            public partial class M;

            """,
            text);
        ImportException problem = Assert.Throws<ImportException>(() => Text("""
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, 8, 9, 3], "name": "in"}},
              {"class_name": "CutMix", "config": {"name": "cut", "factor": [0.0, 1.0], "seed": null}}
            ]}}
            """));
        Assert.Contains("which a data set does in NetGen: source.CutMix(...)", Assert.Single(problem.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_cells_is_a_layer_each()
    {
        string text = Text("""
            {"module": "keras", "class_name": "Functional", "config": {"name": "stacks", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, 7, 6], "name": "x"}, "inbound_nodes": []},
              {"class_name": "RNN", "name": "enc", "config": {"name": "enc", "trainable": false, "return_sequences": false, "return_state": true, "go_backwards": true, "stateful": false, "unroll": false, "zero_output_for_mask": true, "cell":
                {"class_name": "StackedRNNCells", "config": {"name": "stacked_rnn_cells", "cells": [
                  {"class_name": "LSTMCell", "config": {"name": "lstm_cell", "units": 4, "dropout": 0.25, "activation": "tanh", "recurrent_activation": "sigmoid", "unit_forget_bias": true}},
                  {"class_name": "SimpleRNNCell", "config": {"name": "simple_rnn_cell", "units": 3, "activation": "relu"}},
                  {"class_name": "LSTMCell", "config": {"name": "lstm_cell_1", "units": 2}}]}}}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}], "kwargs": {}}]},
              {"class_name": "RNN", "name": "dec", "config": {"name": "dec", "return_sequences": true, "cell":
                {"class_name": "StackedRNNCells", "config": {"name": "stacked_rnn_cells_1", "cells": [
                  {"class_name": "GRUCell", "config": {"name": "gru_cell", "units": 3, "reset_after": false}},
                  {"class_name": "LSTMCell", "config": {"name": "lstm_cell_2", "units": 2}}]}}}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}], "kwargs": {"initial_state": [
                    {"class_name": "__keras_tensor__", "config": {"keras_history": ["enc", 0, 3]}}, [{"class_name": "__keras_tensor__", "config": {"keras_history": ["enc", 0, 4]}}, {"class_name": "__keras_tensor__", "config": {"keras_history": ["enc", 0, 5]}}]]}}]}
            ], "input_layers": ["x", 0, 0], "output_layers": [["dec", 0, 0], ["enc", 0, 0]]}}
            """);
        Assert.Equal(
            """
            [Network]
            [Input(7, 6, Name = "x")]
            [LSTM(4, Dropout = 0.25, ReturnState = true, GoBackwards = true, ReturnSequences = true, Trainable = false, Name = "enc_cell_0")]
            [SimpleRNN(3, Activation = Activation.ReLU, ReturnState = true, ReturnSequences = true, Trainable = false, Name = "enc_cell_1")]
            [LSTM(2, ReturnState = true, ZeroOutputForMask = true, Trainable = false, Name = "enc")]
            [GRU(3, ResetAfter = false, ReturnSequences = true, InitialState = "enc_cell_1.state_h", From = "x", Name = "dec_cell_0")]
            [LSTM(2, ReturnSequences = true, InitialState = new[] { "enc.state_h", "enc.state_c" }, Name = "dec")]
            [Output("dec")]
            [Output("enc")]
            public partial class M;

            """,
            text);
    }

    [Theory]
    [InlineData("keras", false)]
    [InlineData("h5", false)]
    [InlineData("h5", true)]
    public void Weights_of_stacked_cells_are_found(string form, bool areNamed)
    {
        // Cells that a user named; one layer's weights are of the same shapes as another's.
        string[] cells = areNamed ? ["a", "b", "c"] : ["lstm_cell", "gru_cell", "lstm_cell_1"];
        string stack = areNamed ? "pile" : "stacked_rnn_cells";
        string configuration = """
            {"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, null, 2], "name": "x"}},
              {"class_name": "RNN", "config": {"name": "steps", "return_sequences": true, "cell": {"class_name": "StackedRNNCells", "config": {"name": "STACK", "cells": [
                {"class_name": "LSTMCell", "config": {"name": "A", "units": 2, "use_bias": false}},
                {"class_name": "GRUCell", "config": {"name": "B", "units": 2, "use_bias": false}},
                {"class_name": "LSTMCell", "config": {"name": "C", "units": 2, "use_bias": false}}]}}}},
              {"class_name": "RNN", "config": {"name": "single", "cell": {"class_name": "StackedRNNCells", "config": {"name": "ONE", "cells": [{"class_name": "LSTMCell", "config": {"name": "D", "units": 2, "use_bias": false}}]}}}}
            ]}}
            """.Replace("STACK", stack, StringComparison.Ordinal).Replace("ONE", stack + "_1", StringComparison.Ordinal)
            .Replace("\"A\"", $"\"{cells[0]}\"", StringComparison.Ordinal).Replace("\"B\"", $"\"{cells[1]}\"", StringComparison.Ordinal).Replace("\"C\"", $"\"{cells[2]}\"", StringComparison.Ordinal).Replace("\"D\"", areNamed ? "\"d\"" : "\"lstm_cell_2\"", StringComparison.Ordinal);
        PureHDF.H5File file = [];
        Dictionary<string, float[]> expected = [];
        Dictionary<string, List<string>> names = new() { ["steps"] = [], ["single"] = [] };
        (string Layer, string Network, string Path, string Legacy, ulong Gates)[] all =
        [
            ("steps", "steps_cell_0", "rnn/cell/cells/lstm_cell", $"{stack}/{cells[0]}", 4),
            ("steps", "steps_cell_1", "rnn/cell/cells/gru_cell", $"{stack}/{cells[1]}", 3),
            ("steps", "steps", "rnn/cell/cells/lstm_cell_1", $"{stack}/{cells[2]}", 4),
            ("single", "single", "rnn_1/cell/cells/lstm_cell", $"{stack}_1/{(areNamed ? "d" : "lstm_cell_2")}", 4),
        ];
        foreach ((int i, (string layer, string network, string path, string legacy, ulong gates)) in all.Index())
        {
            foreach ((int j, string name) in new[] { "kernel", "recurrent_kernel" }.Index())
            {
                float[] values = [.. Enumerable.Range(0, 4 * (int)gates).Select(k => (100 * i) + (50 * j) + k)];
                expected[$"{network}/{name}"] = values;
                names[layer].Add($"{layer}/{legacy}/{name}:0");
                KerasWriter.Place(file, form == "keras" ? $"layers/{path}/vars/{j}" : $"model_weights/{layer}/{names[layer][^1]}", new PureHDF.H5Dataset(values, fileDims: [2, 2 * gates]));
            }
        }

        if (form == "h5")
        {
            file.Attributes["model_config"] = configuration;
            KerasWriter.Group(file, "model_weights").Attributes["layer_names"] = new[] { "steps", "single" };
            KerasWriter.Group(file, "model_weights/steps").Attributes["weight_names"] = names["steps"].ToArray();
            KerasWriter.Group(file, "model_weights/single").Attributes["weight_names"] = names["single"].ToArray();
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m." + form], form == "h5" ? KerasWriter.Bytes(file) : KerasWriter.Archive(configuration, KerasWriter.Bytes(file)));
        ImportedNetwork imported = KerasImporter.Import(folder["m." + form]);
        Assert.Equal(expected.Keys, imported.Weights.Tensors.Select(t => t.Name));
        foreach ((int i, string name) in expected.Keys.Index())
        {
            float[] read = new float[expected[name].Length];
            imported.Weights.Read(i, read);
            Assert.Equal(expected[name], read);
        }
    }

    [Fact]
    public void Directions_of_their_own_are_a_layer_each()
    {
        string text = Text("""
            {"module": "keras", "class_name": "Functional", "config": {"name": "ways", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, null, 6], "name": "x"}, "inbound_nodes": []},
              {"class_name": "Bidirectional", "name": "one", "config": {"name": "one", "merge_mode": "sum",
                "layer": {"class_name": "LSTM", "config": {"name": "forward_lstm", "units": 4, "return_sequences": true, "return_state": true}},
                "backward_layer": {"class_name": "GRU", "config": {"name": "gru", "units": 4, "return_sequences": true, "return_state": true, "go_backwards": true, "activation": "hard_sigmoid"}}},
                "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}], "kwargs": {}}]},
              {"class_name": "Bidirectional", "name": "two", "config": {"name": "two", "merge_mode": null,
                "layer": {"class_name": "GRU", "config": {"name": "forward_gru", "units": 4}},
                "backward_layer": {"class_name": "GRU", "config": {"name": "gru_1", "units": 2, "go_backwards": true, "dropout": 0.5}}},
                "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["one", 0, 0]}}], "kwargs": {}}]},
              {"class_name": "Bidirectional", "name": "three", "config": {"name": "three",
                "layer": {"class_name": "SimpleRNN", "config": {"name": "forward_rnn", "units": 4}},
                "backward_layer": {"class_name": "SimpleRNN", "config": {"name": "rnn", "units": 4, "go_backwards": true, "use_bias": false}}},
                "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["one", 0, 0]}}], "kwargs": {"initial_state": [
                  {"class_name": "__keras_tensor__", "config": {"keras_history": ["one", 0, 1]}}, {"class_name": "__keras_tensor__", "config": {"keras_history": ["one", 0, 3]}}]}}]}
            ], "input_layers": ["x", 0, 0], "output_layers": [["two", 0, 0], ["two", 0, 1], ["three", 0, 0]]}}
            """);
        Assert.Equal(
            """
            [Network]
            [Input(Dim.Any, 6, Name = "x")]
            [LSTM(4, ReturnSequences = true, ReturnState = true, ZeroOutputForMask = true, Name = "one_forward")]
            [Ops.GRU(4, ReturnSequences = true, ReturnState = true, Direction = RnnDirection.Reverse, Activations = new[] { "Sigmoid", "HardSigmoid" }, ActivationAlpha = new double[] { 0.16666666666666666 }, ActivationBeta = new double[] { 0.5 }, LinearBeforeReset = true, From = "x", Name = "one_backward")]
            [Add("one_forward", "one_backward", Name = "one")]
            [GRU(4, Name = "two_forward")]
            [GRU(2, Dropout = 0.5, GoBackwards = true, From = "one", Name = "two_backward")]
            [SimpleRNN(4, InitialState = "one_forward.state_h", From = "one", Name = "three_forward")]
            [SimpleRNN(4, UseBias = false, GoBackwards = true, InitialState = "one_backward.state_h", From = "one", Name = "three_backward")]
            [Concatenate("three_forward", "three_backward", Name = "three")]
            [Output("two_forward")]
            [Output("two_backward")]
            [Output("three")]
            public partial class M;

            """,
            text);
    }

    [Theory]
    [InlineData("LSTM", "\"units\": 2, \"go_backwards\": true, \"return_sequences\": true, \"dropout\": 0.5", "null", "would be turned round without the mask")]
    [InlineData("LSTM", "\"units\": 2, \"go_backwards\": true, \"return_sequences\": true, \"dropout\": 0.5", "5", "[Ops.Slice(Starts = new[] { -1 }, Ends = new[] { -2147483648 }, Axes = new[] { 1 }, Steps = new[] { -1 }, Name = \"both_backward_turned\")]")]
    [InlineData("LSTM", "\"units\": 2, \"go_backwards\": true, \"use_bias\": false", "5", "Its backward layer has another ReturnSequences than its layer")]
    [InlineData("GRU", "\"units\": 2, \"return_sequences\": true", "5", "Its backward layer does not go backwards")]
    [InlineData("Dense", "\"units\": 2", "5", "Bidirectional wraps a Dense")]
    [InlineData("RNN", "\"cell\": {\"class_name\": \"Mine\", \"config\": {}}", "5", "Its cell is a Mine")]
    public void Directions_that_do_not_go_together_are_refused(string backward, string config, string time, string expected)
    {
        string json = """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, TIME, 3], "name": "in"}}, {"class_name": "Bidirectional", "config": {"name": "both",
              "layer": {"class_name": "LSTM", "config": {"units": 2, "return_sequences": true}}, "backward_layer": {"class_name": "CLASS", "config": {CONFIG}}}}]}}
            """.Replace("TIME", time, StringComparison.Ordinal).Replace("CLASS", backward, StringComparison.Ordinal).Replace("CONFIG", config, StringComparison.Ordinal);
        if (expected.StartsWith('['))
        {
            Assert.Contains(expected, Text(json), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(Assert.Throws<ImportException>(() => Text(json)).Problems, p => p.Contains(expected, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("keras", "lstm")]
    [InlineData("h5", "lstm")]
    [InlineData("h5", "backward_lstm_1")]
    public void Weights_of_directions_of_their_own_are_found(string form, string name)
    {
        string configuration = """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, null, 2], "name": "x"}}, {"class_name": "Bidirectional", "config": {"name": "both",
              "layer": {"class_name": "LSTM", "config": {"name": "forward_lstm", "units": 2, "use_bias": false}}, "backward_layer": {"class_name": "LSTM", "config": {"name": "NAME", "units": 2, "use_bias": false, "activation": "relu", "go_backwards": true}}}}]}}
            """.Replace("NAME", name, StringComparison.Ordinal);
        string[] networks = ["both_forward/kernel", "both_forward/recurrent_kernel", "both_backward/kernel", "both_backward/recurrent_kernel"];
        string[] paths = form == "keras"
            ? ["layers/bidirectional/forward_layer/cell/vars/0", "layers/bidirectional/forward_layer/cell/vars/1", "layers/bidirectional/backward_layer/cell/vars/0", "layers/bidirectional/backward_layer/cell/vars/1"]
            : ["both/forward_lstm/lstm_cell/kernel:0", "both/forward_lstm/lstm_cell/recurrent_kernel:0", $"both/{name}/lstm_cell_1/kernel:0", $"both/{name}/lstm_cell_1/recurrent_kernel:0"];
        PureHDF.H5File file = [];
        foreach ((int i, string path) in paths.Index())
        {
            KerasWriter.Place(file, form == "keras" ? path : "model_weights/both/" + path, new PureHDF.H5Dataset(Enumerable.Range(100 * i, 16).Select(k => (float)k).ToArray(), fileDims: [2, 8]));
        }

        if (form == "h5")
        {
            file.Attributes["model_config"] = configuration;
            KerasWriter.Group(file, "model_weights").Attributes["layer_names"] = new[] { "both" };
            KerasWriter.Group(file, "model_weights/both").Attributes["weight_names"] = paths;
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m." + form], form == "h5" ? KerasWriter.Bytes(file) : KerasWriter.Archive(configuration, KerasWriter.Bytes(file)));
        ImportedNetwork imported = KerasImporter.Import(folder["m." + form]);
        Assert.Equal(networks, imported.Weights.Tensors.Select(t => t.Name));
        for (int i = 0; i < networks.Length; i++)
        {
            float[] read = new float[16];
            imported.Weights.Read(i, read);
            Assert.Equal(100 * i, read[0]);
        }
    }

    [Fact]
    public void A_layer_that_is_called_again_with_other_states_is_refused()
    {
        const string Json = """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": [null, 5, 3], "name": "x"}, "inbound_nodes": []},
              {"class_name": "InputLayer", "name": "s", "config": {"batch_input_shape": [null, 3], "name": "s"}, "inbound_nodes": []},
              {"class_name": "GRU", "name": "gru", "config": {"name": "gru", "units": 3, "return_sequences": true}, "inbound_nodes": [[["x", 0, 0, {"initial_state": ["s", 0, 0]}]], [["gru", 0, 0, {SECOND}]]]}
            ], "input_layers": [["x", 0, 0], ["s", 0, 0]], "output_layers": [["gru", 1, 0]]}}
            """;
        Assert.Contains("[Reuse(\"gru\", Name = \"gru_1\")]", Text(Json.Replace("SECOND", "\"initial_state\": [\"s\", 0, 0]", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("The layer 'gru' (GRU): It is called again with other states", Assert.Single(Assert.Throws<ImportException>(() => Text(Json.Replace("SECOND", "", StringComparison.Ordinal))).Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "It goes backwards over a stack of cells; the mask")]
    [InlineData("5", null)]
    public void A_stack_that_goes_backwards_has_no_mask(string time, string? problem)
    {
        string json = """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, TIME, 3], "name": "in"}}, {"class_name": "RNN", "config": {"name": "rnn", "go_backwards": true, "cell": [
            {"class_name": "LSTMCell", "config": {"units": 2}}, {"class_name": "LSTMCell", "config": {"units": 2}}]}}]}}
            """.Replace("TIME", time, StringComparison.Ordinal);
        if (problem is null)
        {
            Assert.Contains("GoBackwards = true", Text(json), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(problem, Assert.Single(Assert.Throws<ImportException>(() => Text(json)).Problems), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"class_name": "StackedRNNCells", "config": {"cells": []}}""", "Its stack has no cells")]
    [InlineData("""[{"class_name": "LSTMCell", "config": {"units": 2}}, {"class_name": "MyCell", "config": {"units": 2}}]""", "Its cell is a MyCell; those of LSTM")]
    [InlineData("""{"class_name": "MyCell", "config": {"units": 2}}""", "Its cell is a MyCell; those of LSTM")]
    [InlineData("null", "Its cell is not told")]
    public void An_RNN_over_other_cells_says_what_can_be_imported(string cell, string message)
    {
        string root = """{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, null, 3], "name": "in"}}, {"class_name": "RNN", "config": {"name": "rnn", "cell": CELL}}]}}""";
        ImportException problem = Assert.Throws<ImportException>(() => Text(root.Replace("CELL", cell, StringComparison.Ordinal)));
        Assert.Contains(message, Assert.Single(problem.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_NetGen_lacks_is_told_at_once()
    {
        ImportException problem = Assert.Throws<ImportException>(() => Text("""
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 8, 8, 3], "name": "in"}},
              {"class_name": "Discretization", "config": {"name": "cube", "num_bins": 4}},
              {"class_name": "Lambda", "config": {"name": "code", "function": "x"}},
              {"class_name": "Dense", "config": {"name": "a", "units": 4, "activation": "snake", "lora_rank": 4}},
              {"class_name": "Dense", "config": {"name": "b", "units": 4, "kernel_initializer": {"class_name": "Mine", "config": {}}}}
            ]}}
            """));
        Assert.Equal(5, problem.Problems.Count);
        Assert.All(new[] { "'cube' (Discretization)", "'code' (Lambda): Python code", "'a' (Dense): The argument activation", "'a' (Dense): The argument lora_rank", "'b' (Dense): The argument kernel_initializer" }.Zip(problem.Problems), p => Assert.Contains(p.First, p.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}""", "class_name")]
    [InlineData("""{"class_name": "Functional", "config": {"layers": 3}}""", "layers")]
    [InlineData("""{"class_name": "Functional", "config": {"name": "m", "layers": [{"class_name": "Dense", "name": "d", "config": {"units": 1}, "inbound_nodes": [[["d", 0, 0, {}]]]}, {"class_name": "InputLayer", "name": "i", "config": {"batch_input_shape": [null, 1]}, "inbound_nodes": []}], "input_layers": [["i", 0, 0]], "output_layers": [["d", 0, 0]]}}""", "circle")]
    [InlineData("""{"class_name": "Functional", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "name": "i", "config": {"batch_input_shape": [null, 1]}, "inbound_nodes": []}], "input_layers": [["i", 0, 0]], "output_layers": [["gone", 0, 0]]}}""", "gone")]
    [InlineData("""{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "Dense", "config": {"name": "d", "units": 1}}]}}""", "no input")]
    [InlineData("""{"class_name": "Mine", "config": {"name": "m"}}""", "Python code")]
    [InlineData("""{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_input_shape": [null, 1], "name": "i"}}, {"class_name": "Dense", "config": {"name": "d", "units": 1}}, {"class_name": "Sense", "config": {"name": "d", "units": 1}}]}}""", "2 layers of a model are called 'd'")]
    [InlineData("""{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_input_shape": [null, null, null, 3], "name": "i"}}, {"class_name": "Flatten", "config": {}}]}}""", "InputShapes")]
    public void Configurations_of_no_model_are_refused(string json, string part)
    {
        Exception problem = Assert.ThrowsAny<Exception>(() => Text(json));
        Assert.True(problem is ImportException or FormatException, problem.ToString());
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_any_size_get_the_size_that_is_given()
    {
        string text = Text(
            """{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_input_shape": [null, null, null, 3], "name": "i"}}, {"class_name": "Flatten", "config": {"name": "f"}}]}}""",
            new KerasImportOptions { Namespace = "My.Nets", ClassName = "Own", InputShapes = new Dictionary<string, int[]> { ["i"] = [4, 5, 3] } });
        Assert.Contains("namespace My.Nets;", text, StringComparison.Ordinal);
        Assert.Contains("[Input(4, 5, 3, Name = \"i\")]", text, StringComparison.Ordinal);
        Assert.Contains("public partial class Own;", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keras")]
    [InlineData("h5")]
    public void A_whole_model_brings_its_weights(string form)
    {
        const string Configuration = """
            {"class_name": "Functional", "config": {"name": "small", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": [null, 4], "name": "x"}, "inbound_nodes": []},
              {"class_name": "Sequential", "name": "base", "config": {"name": "base", "layers": [{"class_name": "Dense", "config": {"name": "one", "units": 3, "batch_input_shape": [null, 4]}}, {"class_name": "Dense", "config": {"name": "two", "units": 2, "use_bias": false}}]}, "inbound_nodes": [[["x", 0, 0, {}]]]},
              {"class_name": "Dense", "name": "head", "config": {"name": "head", "units": 1}, "inbound_nodes": [[["base", 1, 0, {}]]]}
            ], "input_layers": [["x", 0, 0]], "output_layers": [["head", 0, 0]]}}
            """;
        float[] one = [.. Enumerable.Range(0, 12).Select(i => i / 7f)], two = [1, 2, 3, 4, 5, 6];
        PureHDF.H5File file = [];
        (string Path, float[] Values, ulong[] Shape)[] weights = form == "keras"
            ? [("layers/sequential/layers/dense/vars/0", one, [4, 3]), ("layers/sequential/layers/dense/vars/1", [7, 8, 9], [3]), ("layers/sequential/layers/dense_1/vars/0", two, [3, 2]), ("layers/dense/vars/0", [5, 6], [2, 1]), ("layers/dense/vars/1", [4], [1])]
            : [("model_weights/base/one/kernel:0", one, [4, 3]), ("model_weights/base/one/bias:0", [7, 8, 9], [3]), ("model_weights/base/two/kernel:0", two, [3, 2]), ("model_weights/head/head/kernel:0", [5, 6], [2, 1]), ("model_weights/head/head/bias:0", [4], [1])];
        foreach ((string path, float[] values, ulong[] shape) in weights)
        {
            KerasWriter.Place(file, path, new PureHDF.H5Dataset(values, fileDims: shape));
        }

        if (form == "h5")
        {
            file.Attributes["model_config"] = Configuration;
            KerasWriter.Group(file, "model_weights").Attributes["layer_names"] = new[] { "x", "base", "head" };
            KerasWriter.Group(file, "model_weights/x").Attributes["weight_names"] = new PureHDF.H5Attribute(Array.Empty<double>(), [0]);
            KerasWriter.Group(file, "model_weights/base").Attributes["weight_names"] = new[] { "one/kernel:0", "one/bias:0", "two/kernel:0" };
            KerasWriter.Group(file, "model_weights/head").Attributes["weight_names"] = new[] { "head/kernel:0", "head/bias:0" };
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m." + form], form == "h5" ? KerasWriter.Bytes(file) : KerasWriter.Archive(Configuration, KerasWriter.Bytes(file)));
        ImportedNetwork imported = KerasImporter.Import(folder["m." + form]);
        Assert.Equal(["base_one/kernel (4, 3)", "base_one/bias (3,)", "base_two/kernel (3, 2)", "head/kernel (2, 1)", "head/bias (1,)"], imported.Weights.Tensors.Select(t => $"{t.Name} {TensorInfo.FormatShape(t.Shape)}"));
        float[] read = new float[12];
        imported.Weights.Read(0, read);
        Assert.Equal(one, read);
        Assert.Contains("/// <summary>The model 'small' of Keras, imported from m.", imported.Source, StringComparison.Ordinal);
        Assert.EndsWith("public partial class M;\n", imported.Source, StringComparison.Ordinal);
        imported.SaveSource(folder["M.cs"]);
        imported.SaveWeights(folder["m.safetensors"]);
        Assert.Equal(imported.Source, File.ReadAllText(folder["M.cs"]));
        Assert.True(new FileInfo(folder["m.safetensors"]).Length > 24 * sizeof(float));
    }

    [Fact]
    public void Weights_alone_are_no_model()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], KerasWriter.Legacy([new KerasLayerWeights("d", "Dense", [new KerasWeight("", "kernel", [1, 1], [2])])]));
        Assert.Contains("LoadKerasWeights", Assert.Throws<ImportException>(() => KerasImporter.Import(folder["a.h5"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_of_another_model_is_told_as_that()
    {
        const string Configuration = """{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 3], "name": "x"}}, {"class_name": "Dense", "config": {"name": "d", "units": 2}}]}}""";
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], KerasWriter.Legacy([new KerasLayerWeights("d", "Dense", [new KerasWeight("", "kernel", [3, 2], new float[6]), new KerasWeight("", "bias", [5], new float[5])])], Configuration, isFixed: false));
        string problem = Assert.Throws<ModelFileException>(() => KerasImporter.Import(folder["a.h5"])).Message;
        Assert.Contains("different models", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("SkipMismatch", problem, StringComparison.Ordinal);
    }

    private static string Text(string json, KerasImportOptions? options = null)
    {
        KerasTapeBuilder builder = new("m.keras", options ?? new KerasImportOptions());
        using JsonDocument document = JsonDocument.Parse(json);
        builder.Build(document.RootElement);
        string text = builder.Source.Text();
        return options is null ? text[text.IndexOf("[Network]", StringComparison.Ordinal)..] : text;
    }
}
