package dev.cadastre.portal.pack;

import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Renders a pack's own pages: self-contained HTML that needs neither network nor script. */
final class PackPages {
  private final TemplateEngine engine = new TemplateEngine();

  PackPages() {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(PackPages.class.getClassLoader());
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    engine.setTemplateResolver(resolver);
  }

  /** The attestation for people. */
  byte[] report(String tenant, ResidencyAttestation attestation) {
    return page("pack/report", Map.of("it", new ReportView(tenant, attestation)));
  }

  /** What the pack is and how to check it. */
  byte[] readme(String tenant, ResidencyAttestation attestation, byte[] trustPolicy) {
    String trust = new String(trustPolicy, StandardCharsets.UTF_8);
    return page("pack/readme", Map.of("it", new ReportView(tenant, attestation), "trust", trust));
  }

  private byte[] page(String template, Map<String, Object> variables) {
    // A fixed locale: the same period must give the same bytes on every machine.
    String html = engine.process(template, new Context(Locale.ROOT, variables));
    return html.getBytes(StandardCharsets.UTF_8);
  }
}
