namespace NetGen.Generator;

/// <summary>A learned vector for each position, in the input's shape (KerasHub): Y[.., t, :] = embeddings[t, :]. It is added to the input by an Add.</summary>
internal sealed class PositionEmbeddingLayer : Layer
{
    public override string Kind => "PositionEmbedding";

    public override IReadOnlyList<string> Arguments => ["SequenceLength", "Initializer"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank < 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of (batch, ..., time, features), not {x}.");
        }

        Value rows = Rows(context, "position_embeddings", context.Integer("SequenceLength", least: 1, most: int.MaxValue), x[-2], x.Last, context.Initializer("") ?? "GlorotUniform()");
        return context.Graph.Add(new Map(Expr.In(0), x), rows);
    }

    /// <summary>The vectors of the first positions.</summary>
    public static Value Rows(LayerContext context, string name, long most, Dim time, Dim size, string initializer)
    {
        if (time.IsConstant && time.Constant > most)
        {
            throw context.Fail("NG0011", "SequenceLength", $"{context.Place} has vectors for {most} positions; its input {context.X.Shape} has {time}.");
        }

        Value embeddings = context.Parameter(name, Shape.Of(most, size), initializer, null);
        return time == most ? embeddings : context.Graph.Add(new Slice(0, 0, time), embeddings);
    }
}

/// <summary>A wave of a length of its own for each pair of features, in the input's shape (Vaswani et al. 2017; KerasHub).</summary>
internal sealed class SinePositionEncodingLayer : Layer
{
    public override string Kind => "SinePositionEncoding";

    public override IReadOnlyList<string> Arguments => ["MaxWavelength"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank < 3 || !x.Last.IsConstant)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of (batch, ..., time, features), not {x}.");
        }

        SinePositions waves = new(0, x[-2], checked((int)x.Last.Constant), context.Integer("MaxWavelength", 10_000, least: 1, most: int.MaxValue));
        return context.Graph.Add(new Map(Expr.In(0), x), context.Graph.Add(waves));
    }
}

/// <summary>Rows of a learned table by tokens plus those of another by positions (KerasHub).</summary>
internal sealed class TokenAndPositionEmbeddingLayer : Layer
{
    public override string Kind => "TokenAndPositionEmbedding";

    public override IReadOnlyList<string> Arguments => ["VocabularySize", "SequenceLength", "EmbeddingDim", "MaskZero", "EmbeddingsInitializer"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank != 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes tokens of (batch, time), not {x}.");
        }

        long size = context.Integer("EmbeddingDim", least: 1, most: int.MaxValue);
        string initializer = context.Initializer("Embeddings") ?? "RandomUniform()";
        Value tokens = context.Parameter("token_embedding/embeddings", Shape.Of(context.Integer("VocabularySize", least: 1, most: int.MaxValue), size), initializer, null);
        Value positions = PositionEmbeddingLayer.Rows(
            context, "position_embedding/position_embeddings", context.Integer("SequenceLength", least: 1, most: int.MaxValue), x[1], size, initializer);
        EmbeddingLayer.MaskTokens(context);
        return context.Graph.Add(new Map(Expr.In(0) + Expr.In(1)), context.Graph.Add(new Gather(), tokens, context.X), positions);
    }
}
