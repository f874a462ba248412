namespace NetGen.Generator.Tests;

/// <summary>The classes of <c>keras.layers</c>, so that the list is seen to be whole.</summary>
public sealed class KerasLayerListTests
{
    private const string Text = "texts and categories become numbers before the network, as Vocabulary and the columns of CSV files do it";
    private const string Cell = "a cell alone is no layer here: the recurrent layer has it within";
    private const string Images = "augmentation that is not there yet";
    private const string Function = "the function of a layer of the same name";

    /// <summary>The classes of Keras 3 that are layers here, under the names that Keras exports them by.</summary>
    public static TheoryData<string> Layers =>
    [
        "Activation", "ActivityRegularization", "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D", "AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D",
        "Add", "AdditiveAttention", "AlphaDropout", "Attention", "Average", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "BatchNormalization", "CenterCrop", "Concatenate", "Conv1D", "Conv1DTranspose",
        "Conv2D", "Conv2DTranspose", "Conv3D", "Conv3DTranspose", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Cropping1D", "Cropping2D", "Cropping3D", "Dense", "DepthwiseConv1D", "DepthwiseConv2D", "Dot",
        "Dropout", "ELU", "EinsumDense", "Embedding", "Flatten", "GRU", "GaussianDropout", "GaussianNoise", "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
        "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D", "GroupNormalization", "GroupQueryAttention", "Identity", "LSTM", "LayerNormalization", "LeakyReLU", "Masking", "MaxPooling1D",
        "MaxPooling2D", "MaxPooling3D", "Maximum", "Minimum", "MultiHeadAttention", "Multiply", "Normalization", "PReLU", "Permute", "RMSNormalization", "RandomBrightness", "RandomContrast", "RandomCrop",
        "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "ReLU", "RepeatVector", "Rescaling", "Reshape", "Resizing", "SeparableConv1D", "SeparableConv2D", "SimpleRNN", "Softmax", "SpatialDropout1D", "SpatialDropout2D",
        "SpatialDropout3D", "Subtract", "UnitNormalization", "UpSampling1D", "UpSampling2D", "UpSampling3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D",
    ];

    /// <summary>What else there is in <c>keras.layers</c>, and why it is no layer here.</summary>
    public static TheoryData<string, string> Others => new()
    {
        { "Bidirectional", "an argument of recurrent layers" },
        { "SpectralNormalization", "an argument of layers with one kernel" },
        { "TimeDistributed", "an argument of every layer" },
        { "Input", "a word of the tape" },
        { "InputLayer", "what Input makes, a word of the tape" },
        { "InputSpec", "what a layer of Keras demands of its input; layers here say it by diagnostics" },
        { "Layer", "the base of all layers, LayerAttribute; layers of one's own are blocks" },
        { "Wrapper", "the base of what is around a layer, which is an argument here" },
        { "Lambda", "a Python function" },
        { "TorchModuleWrapper", "a module of another framework" },
        { "FlaxLayer", "a module of another framework" },
        { "JaxLayer", "a module of another framework" },
        { "TFSMLayer", "a module of another framework" },
        { "RNN", "a loop over a cell of one's own; the importer makes the layer of a known cell" },
        { "GRUCell", Cell },
        { "LSTMCell", Cell },
        { "SimpleRNNCell", Cell },
        { "StackedRNNCells", "recurrent layers one behind the other" },
        { "Pipeline", "layers one behind the other, which a tape is" },
        { "CategoryEncoding", Text },
        { "Discretization", Text },
        { "FeatureSpace", Text },
        { "HashedCrossing", Text },
        { "Hashing", Text },
        { "IndexLookup", Text },
        { "IntegerLookup", Text },
        { "StringLookup", Text },
        { "TextVectorization", Text },
        { "MelSpectrogram", "a transform of sounds" },
        { "STFTSpectrogram", "a transform of sounds" },
        { "MaxNumBoundingBoxes", "boxes, which networks have no labels of" },
        { "ReversibleEmbedding", "a table whose transpose is a second layer's kernel; weights belong to one layer here" },
        { "ReconstructPatches2D", "newer than the set of layers that is followed; Ops.DepthToSpace puts blocks together" },
        { "ReconstructPatches3D", "newer than the set of layers that is followed" },
        { "CutMix", "it mixes samples with their labels, which a data set does here" },
        { "MixUp", "it mixes samples with their labels, which a data set does here" },
        { "AugMix", Images },
        { "AutoContrast", Images },
        { "ContrastLimitedAdaptiveHistogramEqualization", Images },
        { "Equalization", Images },
        { "RandAugment", Images },
        { "RandomColorDegeneration", Images },
        { "RandomColorJitter", Images },
        { "RandomElasticTransform", Images },
        { "RandomErasing", Images },
        { "RandomGaussianBlur", Images },
        { "RandomGrayscale", Images },
        { "RandomHue", Images },
        { "RandomInvert", Images },
        { "RandomPerspective", Images },
        { "RandomPosterization", Images },
        { "RandomSaturation", Images },
        { "RandomSharpness", Images },
        { "RandomShear", Images },
        { "Solarization", Images },
        { "add", Function },
        { "average", Function },
        { "concatenate", Function },
        { "dot", Function },
        { "maximum", Function },
        { "minimum", Function },
        { "multiply", Function },
        { "subtract", Function },
        { "serialize", "a configuration of Python objects; a network here is its source" },
        { "deserialize", "a configuration of Python objects, which the importer reads" },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_layer_of_Keras_has_its_row(string name) => Assert.NotNull(LayerTable.Find(name));

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_no_layer_has_a_reason(string name, string reason)
    {
        Assert.Null(LayerTable.Find(name));
        Assert.NotEmpty(reason);
    }
}
