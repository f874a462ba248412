using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NetGen.Generator.Tests;

/// <summary>What the emitted C# is like: silent, the same everywhere, and of a size that the JIT optimises.</summary>
public sealed class EmittedTextTests
{
    private static readonly string[] Tapes =
    [
        "[Input(784), Dense(129, Activation = Activation.ReLU), Dense(10, Activation = Activation.Softmax)]",
        "[Input(40, Name = \"x\"), Dense(40, Activation = Activation.GELU), BatchNormalization, Dropout(0.3, Name = \"m\"), Add(\"m\", \"x\"), LayerNormalization, Dense(97)]",
        "[Input(3, 5), Dense(6, Activation = Activation.Mish), Rescaling(0.1), Flatten, Dense(1, Activation = Activation.Sigmoid)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() => Emit().Compile());

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);

    [Fact]
    public void The_text_is_the_same_from_run_to_run_and_under_any_culture()
    {
        string[] first = [.. Batch.Value.Nets.Select(n => n.Text)];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Finnish writes a minus as U+2212 and a comma for the point.
            CultureInfo finnish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (finnish.NumberFormat.NegativeSign, finnish.NumberFormat.NumberDecimalSeparator) = ("\u2212", ",");
            CultureInfo.CurrentCulture = finnish;
            Assert.Equal(first, Emit().Nets.Select(n => n.Text));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>RyuJIT stops optimising a method at 60,000 bytes of IL, and inlining into one of 512 locals.</summary>
    [Fact]
    public void Every_method_is_far_below_the_limits_of_the_JIT()
    {
        using PEReader file = new([.. Batch.Value.Image]);
        MetadataReader reader = file.GetMetadataReader();
        foreach (MethodDefinitionHandle handle in reader.MethodDefinitions)
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
            string name = reader.GetString(method.Name);
            Assert.True(body.GetILBytes()!.Length < 35_000, $"{name} has {body.GetILBytes()!.Length} bytes of IL.");
            Assert.True(Locals(reader, body) < 512, $"{name} has {Locals(reader, body)} locals.");
        }
    }

    private static int Locals(MetadataReader reader, MethodBodyBlock body)
    {
        if (body.LocalSignature.IsNil)
        {
            return 0;
        }

        BlobReader blob = reader.GetBlobReader(reader.GetStandaloneSignature(body.LocalSignature).Signature);
        blob.ReadSignatureHeader();
        return blob.ReadCompressedInteger();
    }

    private static EmittedBatch Emit()
    {
        EmittedBatch batch = new();
        foreach (string tape in Tapes)
        {
            batch.Add(tape);
        }

        return batch;
    }
}
