using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Wires the compiler into Roslyn's incremental pipeline: classes with <c>[Network]</c> → <see cref="FrontendResult"/> (the cache cuts here) → C#. The shell is a
/// plain output, so that an IDE binds user code; the kernels are an implementation output. Diagnostics come from <see cref="NetworkAnalyzer"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    internal const string Networks = nameof(Networks);
    internal const string HintNames = nameof(HintNames);
    internal const string Build = nameof(Build);
    internal const string Compiled = nameof(Compiled);
    internal const string Shells = nameof(Shells);
    internal const string Kernels = nameof(Kernels);
    internal const string Failures = nameof(Failures);

    private readonly Func<ModelSpec, EmitOptions, CompiledNetwork> compile;

    /// <summary>The generator as the C# compiler makes it.</summary>
    public NetworkGenerator()
        : this(Compiler.Compile)
    {
    }

    /// <summary>With another compiler behind the frontend, for tests of the wiring.</summary>
    internal NetworkGenerator(Func<ModelSpec, CompiledNetwork> compile)
        : this((model, _) => compile(model))
    {
    }

    private NetworkGenerator(Func<ModelSpec, EmitOptions, CompiledNetwork> compile) => this.compile = compile;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Attempt<FrontendResult>> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(Known.NetworkAttribute, static (node, _) => node is TypeDeclarationSyntax, static (c, cancel) => Read(c, cancel))
            .Where(static n => n is not null)
            .Select(static (n, _) => n!)
            .WithTrackingName(Networks);

        // Hint names must differ in more than case, and two classes that only do so are legal C#. Nearly always the set is empty and nothing depends on it.
        IncrementalValueProvider<EquatableArray<string>> collisions = networks
            .Select(static (n, _) => n.Value?.Model.Type.FullName ?? "")
            .Collect()
            .Select(static (names, _) => HintName.Collisions(names))
            .WithTrackingName(HintNames);

        IncrementalValueProvider<EmitOptions> build = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => BuildProperties.Read(options.GlobalOptions))
            .WithTrackingName(Build);

        IncrementalValuesProvider<Attempt<Sources>> compiled = networks
            .Combine(collisions)
            .Combine(build)
            .Select((pair, cancel) => Compile(pair.Left.Left, pair.Left.Right, model => this.compile(model, pair.Right), cancel))
            .WithTrackingName(Compiled);

        context.RegisterSourceOutput(
            compiled.Select(static (c, _) => c.Value?.Shell).WithTrackingName(Shells),
            static (output, file) => file?.AddTo(output));
        context.RegisterImplementationSourceOutput(
            compiled.Select(static (c, _) => c.Value?.Kernels).WithTrackingName(Kernels),
            static (output, file) => file?.AddTo(output));
        context.RegisterSourceOutput(
            compiled.Select(static (c, _) => c.Failure).WithTrackingName(Failures),
            static (output, failure) =>
            {
                if (failure is not null)
                {
                    output.ReportDiagnostic(Diagnostic.Create(Descriptors.For(ProblemTable.InternalError), null, failure));
                }
            });
    }

    private static Attempt<FrontendResult>? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        // A second [Network] on another part is an error of C#'s own; the class is still one network.
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;
        AttributeData first = type.GetAttributes().First(a => Known.IsNetwork(a.AttributeClass));
        if (type.TypeKind != TypeKind.Class || first.ApplicationSyntaxReference?.GetSyntax(cancellationToken).FirstAncestorOrSelf<TypeDeclarationSyntax>() != context.TargetNode)
        {
            return null;
        }

        return Attempt<FrontendResult>.Make(type.Name, () => ClassShape.Check(type, cancellationToken).Count > 0 ? null : Frontend.Read(type, cancellationToken));
    }

    private static Attempt<Sources> Compile(Attempt<FrontendResult> network, EquatableArray<string> collisions, Func<ModelSpec, CompiledNetwork> compile, CancellationToken cancellationToken)
    {
        if (network.Value is not { } read)
        {
            return new Attempt<Sources>(null, network.Failure);
        }

        return Attempt<Sources>.Make(read.Model.Type.FullName, () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            CompiledNetwork compiled = compile(read.Model);
            string hint = HintName.For(read.Model.Type, collisions);
            bool sound = read.IsComplete && read.Problems.Count == 0 && compiled.Kernels is not null;
            return new Sources(
                new GeneratedFile(hint + ".g.cs", compiled.Shell),
                sound ? new GeneratedFile(hint + ".Kernels.g.cs", compiled.Kernels!) : null);
        });
    }

    /// <summary>The files of one network.</summary>
    private sealed record Sources(GeneratedFile Shell, GeneratedFile? Kernels);
}
