namespace NetGen.Generator;

/// <summary>Rows of a learned table by tokens: (batch, ...) of whole numbers in [0, inputDim) to (batch, ..., outputDim). With MaskZero, token 0 is masked.</summary>
internal sealed class EmbeddingLayer : Layer
{
    public override string Kind => "Embedding";

    public override IReadOnlyList<string> Arguments =>
        ["InputDim", "OutputDim", "MaskZero", "SpectralNormalization", "EmbeddingsInitializer", "EmbeddingsRegularizer", "EmbeddingsConstraint"];

    public override Value Build(LayerContext context)
    {
        Shape shape = Shape.Of(context.Integer("InputDim", least: 1, most: int.MaxValue), context.Integer("OutputDim", least: 1, most: int.MaxValue));
        Value embeddings = context.Kernel("embeddings", shape, "RandomUniform()", "Embeddings");
        MaskTokens(context);
        return context.Graph.Add(new Gather(), embeddings, context.X);
    }

    /// <summary>With MaskZero the mask of the tokens that are not 0; without, lengths stay.</summary>
    public static void MaskTokens(LayerContext context)
    {
        if (context.Boolean("MaskZero", false))
        {
            context.Mask(context.Graph.Add(new Map(Expr.Call("Where", Expr.Call("NotEqual", Expr.In(0), 0), 1, 0)), context.X));
        }
        else if (context.Masks[0] is { } mask && mask.Producer?.Op is SequenceMask)
        {
            // Keras's Embedding drops a mask, but lengths are not the tokens'.
            context.OutputMask = mask;
        }
    }
}
